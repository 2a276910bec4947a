-- Where each participant stands on the map, once the axes are known.
--
-- Reads   votes(participant, statement, value)   as in `pair_tables`
--         axes(statement, mean, x, y)            a row for each active statement: its mean vote and its two
--                                                loadings, as double-precision numbers
-- Gives   a row for each participant with at least one vote: x, y, and how many active statements they voted on.
--
-- The root stretches people with few votes to the scale of those who have voted on everything.
-- DuckDB, PostgreSQL and Spark SQL run this text unchanged and agree to 1e-9.
SELECT
    v.participant AS participant,
    COUNT(*) AS voted_on,
    SQRT((SELECT COUNT(*) FROM axes)) / SQRT(COUNT(*)) * SUM((v.value - a.mean) * a.x) AS x,
    SQRT((SELECT COUNT(*) FROM axes)) / SQRT(COUNT(*)) * SUM((v.value - a.mean) * a.y) AS y
FROM votes AS v
JOIN axes AS a ON a.statement = v.statement
GROUP BY v.participant
