"""The tables of the record, step by step; a step that was published is never changed, a new one is added.

Spans are three columns: code points before the first and up to the last, and the quote itself. Nothing is ever
overwritten: an edited document is a new row that names the old one, a new coding of a document is a new row beside the
old one, and decisions cannot be changed or deleted at all.
"""

DOCUMENTS = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        ended TEXT,
        program TEXT NOT NULL,
        coder TEXT NOT NULL,
        arguments TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE documents (
        position INTEGER PRIMARY KEY,  -- the order in which they came
        id TEXT NOT NULL UNIQUE,       -- content hash of all that follows but source, replaces, run
        name TEXT NOT NULL,            -- what the collection calls it
        text TEXT NOT NULL,
        text_hash TEXT NOT NULL,
        title TEXT NOT NULL,
        publisher TEXT NOT NULL,
        published TEXT,
        author TEXT,
        language TEXT,
        url TEXT,
        licence TEXT,
        source TEXT,                   -- the file it was read from, where it is the only document in it
        replaces TEXT UNIQUE REFERENCES documents (id),
        run INTEGER NOT NULL REFERENCES runs (id)
    ) STRICT
    """,
    """
    CREATE VIEW current_documents AS
    SELECT * FROM documents AS d WHERE NOT EXISTS (SELECT 1 FROM documents AS newer WHERE newer.replaces = d.id)
    """,
    "CREATE INDEX documents_by_name ON documents (name)",
    "CREATE INDEX documents_by_url ON documents (url) WHERE url IS NOT NULL",
    "CREATE INDEX documents_by_source ON documents (source) WHERE source IS NOT NULL",
    "CREATE INDEX documents_by_text ON documents (text_hash)",
    """
    CREATE TABLE verdicts (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs (id),
        source TEXT NOT NULL,
        status TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT
    """,
)

CODINGS = (
    """
    CREATE TABLE codings (
        id INTEGER PRIMARY KEY,
        document TEXT NOT NULL REFERENCES documents (id),
        coder TEXT NOT NULL,           -- program version and codebook hash
        collection INTEGER NOT NULL,
        run INTEGER NOT NULL REFERENCES runs (id)
    ) STRICT
    """,
    "CREATE INDEX codings_by_document ON codings (document)",
    """
    CREATE VIEW current_codings AS
    SELECT * FROM codings AS c
    WHERE c.id = (SELECT max(newest.id) FROM codings AS newest WHERE newest.document = c.document)
    """,
    """
    CREATE TABLE mentions (
        id TEXT PRIMARY KEY,           -- content hash of the document's id and all that follows
        document TEXT NOT NULL REFERENCES documents (id),
        type TEXT NOT NULL,
        form TEXT,
        modality TEXT NOT NULL,
        scope TEXT NOT NULL,
        date_start TEXT,
        date_end TEXT,
        date_precision TEXT NOT NULL,
        date_basis TEXT NOT NULL,
        means TEXT NOT NULL            -- JSON list
    ) STRICT
    """,
    "CREATE INDEX mentions_by_document ON mentions (document)",
    """
    CREATE TABLE coding_mentions (
        coding INTEGER NOT NULL REFERENCES codings (id),
        position INTEGER NOT NULL,
        mention TEXT NOT NULL REFERENCES mentions (id),
        name TEXT NOT NULL,            -- its id within the coded document
        context TEXT REFERENCES mentions (id),
        event TEXT,
        PRIMARY KEY (coding, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE VIEW current_mentions AS
    SELECT m.mention AS id
    FROM coding_mentions AS m
    JOIN current_codings AS c ON c.id = m.coding
    JOIN current_documents AS d ON d.id = c.document
    """,
    "CREATE INDEX coding_mentions_by_mention ON coding_mentions (mention)",
    """
    CREATE TABLE evidence (
        mention TEXT NOT NULL REFERENCES mentions (id),
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        trigger_start INTEGER NOT NULL,
        trigger_end INTEGER NOT NULL,
        trigger_quote TEXT NOT NULL,
        PRIMARY KEY (mention, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE places (
        mention TEXT NOT NULL REFERENCES mentions (id),
        position INTEGER NOT NULL,
        start INTEGER,                 -- null where the place is taken over from another mention
        "end" INTEGER,
        quote TEXT,
        name TEXT NOT NULL,
        country TEXT NOT NULL,
        admin1 TEXT,
        lat REAL,
        lon REAL,
        geonameid INTEGER,
        PRIMARY KEY (mention, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE actors (
        mention TEXT NOT NULL REFERENCES mentions (id),
        position INTEGER NOT NULL,
        role TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        PRIMARY KEY (mention, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE demands (
        mention TEXT NOT NULL REFERENCES mentions (id),
        position INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        PRIMARY KEY (mention, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE claims (
        id TEXT PRIMARY KEY,           -- content hash of the mention's id, the position and all that follows
        mention TEXT NOT NULL REFERENCES mentions (id),
        position INTEGER NOT NULL,
        attribute TEXT NOT NULL,
        low ANY,                       -- integer, real, or null where open
        high ANY,
        approx INTEGER NOT NULL,
        unit TEXT,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        hedge_start INTEGER,
        hedge_end INTEGER,
        hedge_quote TEXT,
        UNIQUE (mention, position)
    ) STRICT
    """,
    """
    CREATE TABLE speakers (
        claim TEXT NOT NULL REFERENCES claims (id),
        position INTEGER NOT NULL,     -- outermost first
        kind TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        quote TEXT NOT NULL,
        PRIMARY KEY (claim, position)
    ) STRICT, WITHOUT ROWID
    """,
)

DECISIONS = (
    """
    CREATE TABLE decisions (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        object TEXT,
        reviewer TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX decisions_by_subject ON decisions (subject)",
    """
    CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE (ABORT, 'decisions are never changed; undo them'); END
    """,
    """
    CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions
    BEGIN SELECT RAISE (ABORT, 'decisions are never deleted; undo them'); END
    """,
)

EVENTS = (
    """
    CREATE TABLE events (
        id TEXT PRIMARY KEY,           -- content hash of the founder; permanent
        founder TEXT NOT NULL UNIQUE REFERENCES mentions (id),
        forward TEXT REFERENCES events (id)  -- the event it went into, or null
    ) STRICT
    """,
    """
    CREATE TABLE event_mentions (
        mention TEXT PRIMARY KEY REFERENCES mentions (id),
        event TEXT NOT NULL REFERENCES events (id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_mentions_by_event ON event_mentions (event)",
    """
    CREATE TABLE event_steps (
        one TEXT NOT NULL REFERENCES mentions (id),
        other TEXT NOT NULL REFERENCES mentions (id),
        position INTEGER NOT NULL,
        comparison TEXT NOT NULL,
        level TEXT NOT NULL,
        weight REAL NOT NULL,          -- log2 of the likelihood ratio
        PRIMARY KEY (one, other, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE linkings (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        decisions INTEGER NOT NULL,    -- how many there were when mentions were last put together
        linker TEXT NOT NULL           -- program version and codebook hash
    ) STRICT
    """,
)

COPIES = (
    """
    CREATE TABLE copies (
        document TEXT PRIMARY KEY,     -- what the collection calls a document that says the same as another
        first TEXT NOT NULL            -- the first of those, in the order of their names
    ) STRICT, WITHOUT ROWID
    """,
    # Records linked before this table are linked again, which fills it.
    "DELETE FROM linkings",
)

RELATIONS = (
    """
    CREATE TABLE event_relations (
        kind TEXT NOT NULL,            -- covers, series, within, dispute, custody
        holder TEXT NOT NULL REFERENCES mentions (id),  -- of the one event, which may be merged later
        member TEXT NOT NULL REFERENCES mentions (id),  -- of the other
        reason TEXT NOT NULL,
        PRIMARY KEY (kind, holder, member)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_relations_by_holder ON event_relations (holder)",
    "CREATE INDEX event_relations_by_member ON event_relations (member)",
    # Records linked before this table are linked again, which fills it.
    "DELETE FROM linkings",
)
