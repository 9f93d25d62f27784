CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON clock_breachreason FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name('given_by_id');
