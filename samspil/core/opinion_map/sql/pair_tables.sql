-- The three integer tables of the opinion map, in one pass over `votes`.
--
-- Reads   votes(participant, statement, value)   the vote that counts of each person on each active statement:
--                                                1 agree, 0 pass, -1 disagree; whole numbers
-- Gives   one row for each pair of statements, one <= other, that somebody has voted on both of:
--         together      how many have
--         sum_of_one    the sum of their votes on the first
--         sum_of_other  the sum of their votes on the second
--         products      the sum of the products of the two votes
--
-- A pair that is missing has zeros. The row of a statement with itself holds its voters and their sum.
-- DuckDB, PostgreSQL and Spark SQL run this text unchanged and give the same integers.
SELECT
    a.statement AS one,
    b.statement AS other,
    COUNT(*) AS together,
    CAST(SUM(a.value) AS BIGINT) AS sum_of_one,
    CAST(SUM(b.value) AS BIGINT) AS sum_of_other,
    CAST(SUM(a.value * b.value) AS BIGINT) AS products
FROM votes AS a
JOIN votes AS b ON b.participant = a.participant AND b.statement >= a.statement
GROUP BY a.statement, b.statement
