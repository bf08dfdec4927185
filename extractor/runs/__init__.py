"""Many reports: found, isolated, executed, receipted."""
