-- A project may have several periods of one product: renewals follow each other or overlap. The table is made anew, because
-- SQLite cannot change a primary key.

CREATE TABLE subscription_periods (
    project_key TEXT NOT NULL REFERENCES projects (key),
    product_key TEXT NOT NULL REFERENCES products (key),
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    PRIMARY KEY (project_key, product_key, starts, ends)
);
INSERT INTO subscription_periods (project_key, product_key, starts, ends)
SELECT project_key, product_key, starts, ends FROM subscriptions;
DROP TABLE subscriptions;
ALTER TABLE subscription_periods RENAME TO subscriptions;
