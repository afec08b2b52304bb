-- A token's history: its entries in its project, and of these the changes alone, which may stand behind many denials.
CREATE INDEX audit_by_token_and_project ON audit (token_id, project_key, id);
CREATE INDEX audit_changes_by_token ON audit (token_id, project_key, id) WHERE action NOT LIKE '%.denied';
DROP INDEX audit_by_token;
