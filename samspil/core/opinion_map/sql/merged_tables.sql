-- The tables of a whole from the tables of its shards: municipalities, machines, days.
--
-- Reads   shards(one, other, together, sum_of_one, sum_of_other, products)   the rows of `pair_tables` of every
--                                                                            shard, one below the other
-- Gives   the rows `pair_tables` would give of all votes at once, as long as no person has voted in two shards.
--
-- DuckDB, PostgreSQL and Spark SQL run this text unchanged and give the same integers.
SELECT
    one,
    other,
    CAST(SUM(together) AS BIGINT) AS together,
    CAST(SUM(sum_of_one) AS BIGINT) AS sum_of_one,
    CAST(SUM(sum_of_other) AS BIGINT) AS sum_of_other,
    CAST(SUM(products) AS BIGINT) AS products
FROM shards
GROUP BY one, other
