-- The register may take an extract out of the marts (publicado_en = rechazado); its lines and pages stay here.
alter table raw.extractos add column rechazado boolean default false;
-- The inbox's paths get a prefix that no path below the extracts folder can have: extracts/inbox/q.txt is another file.
update raw.rutas set ruta = 'inbox://' || substr(ruta, 7) where starts_with(ruta, 'inbox/');
update raw.extractos set ruta = 'inbox://' || substr(ruta, 7) where starts_with(ruta, 'inbox/');
update raw.rechazos set ruta = 'inbox://' || substr(ruta, 7) where starts_with(ruta, 'inbox/');
