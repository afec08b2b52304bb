-- The audit trail by who, where and what, each newest first. By token there is an index already; the order is that of the ids.
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_project ON audit (project_key, id);
CREATE INDEX audit_by_action ON audit (action, id);
