-- Evidence waits for its seal from the statement that writes it, and is changed by nobody.

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER await_seal AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION fw.await_seal('event');

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_reading
    FOR EACH ROW EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON audit_reading
    FOR EACH STATEMENT EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER await_seal AFTER INSERT ON audit_reading FOR EACH ROW EXECUTE FUNCTION fw.await_seal('reading');

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_refusal
    FOR EACH ROW EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON audit_refusal
    FOR EACH STATEMENT EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER await_seal AFTER INSERT ON audit_refusal FOR EACH ROW EXECUTE FUNCTION fw.await_seal('refusal');

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_logseal
    FOR EACH ROW EXECUTE FUNCTION fw.append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON audit_logseal
    FOR EACH STATEMENT EXECUTE FUNCTION fw.append_only();
