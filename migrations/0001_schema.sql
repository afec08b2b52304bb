-- One text for SQLite and PostgreSQL: TEXT ids, dates as ISO text (they compare as text), moments as Unix seconds,
-- truth values as 0/1. What cannot be the same stands in migrations/sqlite and migrations/postgres.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE products (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE product_repositories (
    product_key TEXT NOT NULL REFERENCES products (key),
    pattern TEXT NOT NULL,
    PRIMARY KEY (product_key, pattern)
);

-- People. The e-mail is kept in lower case; without a password hash nobody can sign in.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    active BIGINT NOT NULL DEFAULT 1,
    password_hash TEXT
);

-- A browser's sign-in: the cookie's SHA-256, never the cookie.
CREATE TABLE sessions (
    cookie_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE projects (
    key TEXT PRIMARY KEY,
    key_lower TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    support_tier TEXT NOT NULL,
    closed BIGINT NOT NULL DEFAULT 0,
    -- Counts the changes to the project and its tokens, so that an open page notices them.
    revision BIGINT NOT NULL DEFAULT 0
);

-- Both days included, UTC.
CREATE TABLE subscriptions (
    project_key TEXT NOT NULL REFERENCES projects (key),
    product_key TEXT NOT NULL REFERENCES products (key),
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    PRIMARY KEY (project_key, product_key)
);

CREATE TABLE members (
    project_key TEXT NOT NULL REFERENCES projects (key),
    user_id TEXT NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    PRIMARY KEY (project_key, user_id)
);
CREATE INDEX members_by_user ON members (user_id);

CREATE TABLE service_users (
    project_key TEXT NOT NULL REFERENCES projects (key),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    active BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (project_key, email)
);

-- created_for_user is set on a User token, created_for_service_user on a Service token.
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    project_key TEXT NOT NULL REFERENCES projects (key),
    name TEXT NOT NULL,
    login_name TEXT NOT NULL CONSTRAINT tokens_login_name UNIQUE,
    created_for_user TEXT REFERENCES users (id),
    created_for_service_user TEXT,
    created_by TEXT NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    -- Counts re-generations, so that the second of two clicks is told from the first.
    generation BIGINT NOT NULL DEFAULT 1,
    disabled_at BIGINT,
    disabled_by TEXT REFERENCES users (id),
    disabled_reason TEXT,
    last_used_at BIGINT,
    last_used_address TEXT,
    last_used_client TEXT,
    FOREIGN KEY (project_key, created_for_service_user) REFERENCES service_users (project_key, email),
    CHECK ((created_for_user IS NULL) <> (created_for_service_user IS NULL))
);
CREATE INDEX tokens_by_project ON tokens (project_key, id);
CREATE INDEX tokens_by_person ON tokens (created_for_user, project_key);

-- expires_at is NULL on the current secret; set on one that a re-generation keeps for an overlap.
CREATE TABLE token_secrets (
    token_id TEXT NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
    generation BIGINT NOT NULL,
    hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (token_id, generation)
);

CREATE TABLE token_products (
    token_id TEXT NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
    product_key TEXT NOT NULL REFERENCES products (key),
    added_at BIGINT NOT NULL,
    PRIMARY KEY (token_id, product_key)
);

CREATE TABLE token_pulls (
    token_id TEXT NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    pulls BIGINT NOT NULL,
    PRIMARY KEY (token_id, day)
);

CREATE TABLE publishers (
    login_name TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE publisher_repositories (
    login_name TEXT NOT NULL REFERENCES publishers (login_name) ON DELETE CASCADE,
    pattern TEXT NOT NULL,
    PRIMARY KEY (login_name, pattern)
);

-- What happened and what was refused. It names things by text, so that it outlives them.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    project_key TEXT,
    token_id TEXT,
    login_name TEXT,
    created_for TEXT,
    detail TEXT NOT NULL,
    address TEXT NOT NULL,
    client TEXT NOT NULL
);
CREATE INDEX audit_by_token ON audit (token_id, id);
