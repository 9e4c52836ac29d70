-- Whether an extract was retired by the bytes that took its path and nobody has looked yet whether they hold its reports
-- (years/overwritten.py). Of what was retired before this migration nothing is looked at again.
alter table raw.extractos add column por_revisar boolean default false;
