"""The tables of reviewing: acts, which decisions stand, and what follows from that.

Acts and decisions are what was done, and stay. All else here is a function of them, kept so that a page of a large
record need not go through every decision ever made.
"""

HISTORY = (
    """
    CREATE TABLE acts (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        parent TEXT REFERENCES acts (id),  -- what its reviewer had done before; null for the first
        kind TEXT NOT NULL,                -- what it was for
        reviewer TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        stands INTEGER NOT NULL,           -- whether it lies on the way to where its reviewer stands
        stood INTEGER NOT NULL             -- larger the later it came to stand: what is redone first
    ) STRICT
    """,
    "CREATE INDEX acts_by_parent ON acts (reviewer, parent)",
    """
    CREATE TABLE heads (
        reviewer TEXT PRIMARY KEY,
        act TEXT REFERENCES acts (id)      -- where the reviewer stands; null before the first
    ) STRICT, WITHOUT ROWID
    """,
    "ALTER TABLE decisions ADD COLUMN act TEXT REFERENCES acts (id)",
    "CREATE INDEX decisions_by_act ON decisions (act)",
    "CREATE INDEX decisions_by_kind ON decisions (kind)",
    """
    CREATE TABLE touches (
        position INTEGER NOT NULL REFERENCES decisions (position),
        mention TEXT NOT NULL,             -- what the decision is about; empty where it is about a document
        document TEXT NOT NULL REFERENCES documents (id),  -- the version whose words its reviewer saw
        PRIMARY KEY (position, mention)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX touches_by_document ON touches (document)",
    "CREATE INDEX touches_by_mention ON touches (mention)",
    """
    CREATE TABLE standing (
        position INTEGER PRIMARY KEY REFERENCES decisions (position)
    ) STRICT
    """,
    """
    CREATE TABLE versions (
        subject TEXT PRIMARY KEY,          -- id of a mention or of a version of a document
        version INTEGER NOT NULL,          -- how often it was decided about, undone and redone
        position INTEGER NOT NULL          -- of the last of those decisions
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE added_claims (
        id TEXT PRIMARY KEY,
        mention TEXT NOT NULL REFERENCES mentions (id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE exceptions (
        mention TEXT PRIMARY KEY REFERENCES mentions (id),
        document TEXT NOT NULL REFERENCES documents (id),
        shown INTEGER NOT NULL             -- 1: told though no coding in force has it; 0: the other way round
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX exceptions_by_document ON exceptions (document)",
    "DROP VIEW current_mentions",
    """
    CREATE VIEW coded_mentions AS
    SELECT m.mention AS id
    FROM coding_mentions AS m
    JOIN current_codings AS c ON c.id = m.coding
    JOIN current_documents AS d ON d.id = c.document
    """,
    """
    CREATE VIEW current_mentions AS
    SELECT id FROM coded_mentions WHERE id NOT IN (SELECT mention FROM exceptions WHERE NOT shown)
    UNION
    SELECT mention FROM exceptions WHERE shown
    """,
)

#: Laid over the acts once those of older records are in them.
ACTS_STAY = (
    """
    CREATE TRIGGER acts_stay BEFORE UPDATE OF id, parent, kind, reviewer, reason, at ON acts
    BEGIN SELECT RAISE (ABORT, 'acts are never changed; undo them'); END
    """,
    """
    CREATE TRIGGER acts_remain BEFORE DELETE ON acts
    BEGIN SELECT RAISE (ABORT, 'acts are never deleted; undo them'); END
    """,
)
