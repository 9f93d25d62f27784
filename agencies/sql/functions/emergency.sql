-- for web, sweep
CREATE OR REPLACE FUNCTION fw.parts(told text, OUT closed_contacts uuid[], OUT closed_enquiries uuid[], OUT closed_persons uuid[],
                         OUT closed_references text[], OUT reviewed uuid[], OUT broken uuid[], OUT emergency uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    closed_contacts := fw.closed_contacts();
    closed_enquiries := fw.closed_enquiries();
    closed_persons := fw.closed_persons();
    closed_references := fw.closed_references();
    reviewed := fw.reviewed();
    broken := fw.broken();
    emergency := fw.emergency();
END $$;
