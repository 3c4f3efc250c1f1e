INSERT INTO archive SELECT id, body FROM events;
INSERT INTO archive SELECT id, body FROM events ON CONFLICT (id) DO NOTHING;
INSERT INTO archive SELECT id, body FROM events ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body;
INSERT INTO counts SELECT e.person, count(*) FROM events e GROUP BY e.person;
INSERT INTO counts SELECT person AS "whose", count(*) FROM events GROUP BY 1
    ON CONFLICT (person) DO UPDATE SET events = EXCLUDED.events;
INSERT INTO counts SELECT person % 100, count(*) FROM events GROUP BY person % 100;
INSERT INTO counts SELECT DISTINCT person, 0 FROM events;
INSERT INTO counts SELECT g.person, g.events
    FROM (SELECT person, count(*) AS events FROM events GROUP BY person) g
    ON CONFLICT DO NOTHING;
