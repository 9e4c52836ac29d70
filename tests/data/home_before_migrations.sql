-- The raw layer as the last version before numbered migrations made it, with the first page of the real extract:
-- what tests/unit/warehouse/db/test_migrations.py brings up to date. Written from a home of that version; never changed.
create schema raw;
create table raw.campos(extracto_id VARCHAR, formato INTEGER, orden INTEGER, campo VARCHAR NOT NULL, codigo_impreso VARCHAR, texto_impreso VARCHAR, valor VARCHAR, puntaje DOUBLE, regla VARCHAR, linea INTEGER NOT NULL, PRIMARY KEY(extracto_id, formato, orden));
create table raw.ejercicios(ejercicio INTEGER PRIMARY KEY, huella VARCHAR NOT NULL, cargado_en TIMESTAMP WITH TIME ZONE NOT NULL);
create table raw.elegidas(extracto_id VARCHAR, linea INTEGER, ejercicio INTEGER NOT NULL, ente_codigo VARCHAR NOT NULL, unidad_codigo VARCHAR NOT NULL, corte VARCHAR NOT NULL, accion_id VARCHAR NOT NULL, accion_numero INTEGER, plan VARCHAR, candidato INTEGER, costo DOUBLE, margen DOUBLE, estado VARCHAR NOT NULL, es_razon BOOLEAN NOT NULL, meta DECIMAL(18,4), p1 DECIMAL(18,4), p2 DECIMAL(18,4), p3 DECIMAL(18,4), p4 DECIMAL(18,4), a1 DECIMAL(18,4), a2 DECIMAL(18,4), a3 DECIMAL(18,4), a4 DECIMAL(18,4), absoluto DECIMAL(18,4), relativo_pct DECIMAL(18,4), meta_min DECIMAL(18,4), p1_min DECIMAL(18,4), p2_min DECIMAL(18,4), p3_min DECIMAL(18,4), p4_min DECIMAL(18,4), a1_min DECIMAL(18,4), a2_min DECIMAL(18,4), a3_min DECIMAL(18,4), a4_min DECIMAL(18,4), absoluto_min DECIMAL(18,4), relativo_pct_min DECIMAL(18,4), meta_max DECIMAL(18,4), p1_max DECIMAL(18,4), p2_max DECIMAL(18,4), p3_max DECIMAL(18,4), p4_max DECIMAL(18,4), a1_max DECIMAL(18,4), a2_max DECIMAL(18,4), a3_max DECIMAL(18,4), a4_max DECIMAL(18,4), absoluto_max DECIMAL(18,4), relativo_pct_max DECIMAL(18,4), meta_estado VARCHAR NOT NULL, p1_estado VARCHAR NOT NULL, p2_estado VARCHAR NOT NULL, p3_estado VARCHAR NOT NULL, p4_estado VARCHAR NOT NULL, a1_estado VARCHAR NOT NULL, a2_estado VARCHAR NOT NULL, a3_estado VARCHAR NOT NULL, a4_estado VARCHAR NOT NULL, absoluto_estado VARCHAR NOT NULL, relativo_pct_estado VARCHAR NOT NULL, impresos JSON NOT NULL, corroborada_por JSON NOT NULL, PRIMARY KEY(extracto_id, linea));
create table raw.extractos(extracto_id VARCHAR PRIMARY KEY, ruta VARCHAR NOT NULL, nombre VARCHAR NOT NULL, bytes BIGINT NOT NULL, sha256 VARCHAR NOT NULL UNIQUE, codificacion VARCHAR NOT NULL, lineas INTEGER NOT NULL, ente_codigo VARCHAR, publicado_en DATE, huella VARCHAR NOT NULL, cargado_en TIMESTAMP WITH TIME ZONE NOT NULL, retirado_en TIMESTAMP WITH TIME ZONE, retirado_por VARCHAR, acciones_retiradas STRUCT(linea INTEGER, ente_codigo VARCHAR, unidad_codigo VARCHAR, ejercicio INTEGER, corte VARCHAR, accion_numero INTEGER, descripcion VARCHAR)[], vistos JSON, reportes_retirados STRUCT(ente_codigo VARCHAR, unidad_codigo VARCHAR, corte VARCHAR, renglones INTEGER)[]);
create table raw.formatos(extracto_id VARCHAR, formato INTEGER, linea_inicio INTEGER NOT NULL, linea_fin INTEGER NOT NULL, renglones INTEGER NOT NULL, corte VARCHAR, ejercicio INTEGER, ente_codigo VARCHAR, ente_codigo_estado VARCHAR NOT NULL, ente_codigo_regla VARCHAR NOT NULL, ente_codigo_puntaje DOUBLE NOT NULL, ente_codigo_alternativas JSON NOT NULL, unidad_codigo VARCHAR, unidad_codigo_estado VARCHAR NOT NULL, unidad_codigo_regla VARCHAR NOT NULL, unidad_codigo_puntaje DOUBLE NOT NULL, unidad_codigo_alternativas JSON NOT NULL, trimestre INTEGER, trimestre_estado VARCHAR NOT NULL, trimestre_regla VARCHAR NOT NULL, trimestre_puntaje DOUBLE NOT NULL, trimestre_alternativas JSON NOT NULL, anio INTEGER, anio_estado VARCHAR NOT NULL, anio_regla VARCHAR NOT NULL, anio_puntaje DOUBLE NOT NULL, anio_alternativas JSON NOT NULL, plan VARCHAR, plan_estado VARCHAR NOT NULL, plan_regla VARCHAR NOT NULL, plan_puntaje DOUBLE NOT NULL, plan_alternativas JSON NOT NULL, programa_codigo VARCHAR, programa_codigo_estado VARCHAR NOT NULL, programa_codigo_regla VARCHAR NOT NULL, programa_codigo_puntaje DOUBLE NOT NULL, programa_codigo_alternativas JSON NOT NULL, PRIMARY KEY(extracto_id, formato));
create table raw.lecturas(extracto_id VARCHAR, linea INTEGER, candidato INTEGER, ejercicio INTEGER, costo DOUBLE NOT NULL, dentro_margen BOOLEAN NOT NULL, cierra BOOLEAN NOT NULL, meta DECIMAL(18,4), p1 DECIMAL(18,4), p2 DECIMAL(18,4), p3 DECIMAL(18,4), p4 DECIMAL(18,4), a1 DECIMAL(18,4), a2 DECIMAL(18,4), a3 DECIMAL(18,4), a4 DECIMAL(18,4), absoluto DECIMAL(18,4), relativo_pct DECIMAL(18,4), operaciones JSON NOT NULL, PRIMARY KEY(extracto_id, linea, candidato));
create table raw.lineas(extracto_id VARCHAR, linea INTEGER, texto VARCHAR NOT NULL, fin VARCHAR NOT NULL, PRIMARY KEY(extracto_id, linea));
create table raw.rechazos(extracto_id VARCHAR NOT NULL, ruta VARCHAR NOT NULL, linea INTEGER NOT NULL, regla VARCHAR NOT NULL, razon VARCHAR NOT NULL, texto VARCHAR NOT NULL);
create table raw.renglones(extracto_id VARCHAR, linea INTEGER, linea_fin INTEGER NOT NULL, formato INTEGER NOT NULL, orden INTEGER NOT NULL, ejercicio INTEGER, accion_numero INTEGER, accion_inferida BOOLEAN NOT NULL, accion_regla VARCHAR NOT NULL, lineas_accion VARCHAR[] NOT NULL, descripcion VARCHAR NOT NULL, unidad_medida VARCHAR NOT NULL, impreso VARCHAR[] NOT NULL, observaciones VARCHAR NOT NULL, huella VARCHAR, tabla INTEGER, disposicion VARCHAR[], discordancia VARCHAR, accion_impresa INTEGER, PRIMARY KEY(extracto_id, linea));
create table raw.rutas(ruta VARCHAR PRIMARY KEY, extracto_id VARCHAR NOT NULL);
create table raw.vinculos(extracto_id VARCHAR, linea INTEGER, ejercicio INTEGER NOT NULL, ente_codigo VARCHAR NOT NULL, unidad_codigo VARCHAR NOT NULL, corte VARCHAR NOT NULL, accion_id VARCHAR NOT NULL, regla VARCHAR NOT NULL, puntaje DOUBLE NOT NULL, propuesta VARCHAR, PRIMARY KEY(extracto_id, linea));
insert into raw.campos values
('1a5839b69f5b31e9', '1', '1', 'titulo', null, 'XXIV AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA', null, null, null, '5'),
('1a5839b69f5b31e9', '1', '10', 'linea_accion', '2.2.3', 'ESTIMULOS DIVERSOS A NIROS Y JOYENES ESTUDIANTES', '2.2.3', '0.958', 'codigo_impreso+renglones', '16'),
('1a5839b69f5b31e9', '1', '11', 'linea_accion', '2.3.1', 'APOYOS DE ORDEN SOCIAL', '2.3.1', '0.958', 'codigo_impreso+renglones', '17'),
('1a5839b69f5b31e9', '1', '12', 'titulo', null, 'TMM-F004', null, null, null, '19'),
('1a5839b69f5b31e9', '1', '13', 'fecha', null, 'ENERO-MARZO 2022', '2022-T1', null, 'fecha_impresa', '21'),
('1a5839b69f5b31e9', '1', '14', 'firma', 'RESPONSABLE DE LA UNIDAD EJECUTORA', 'YOANDA LOZANO PAEZ', 'unidad_ejecutora', null, 'cargo_impreso', '37'),
('1a5839b69f5b31e9', '1', '15', 'firma', 'RESPONSABLE DEL PROGRAMA', 'DAVID MURILLO JIMENEZ', 'programa', null, 'cargo_impreso', '41'),
('1a5839b69f5b31e9', '1', '16', 'firma', 'RESPONSABLE DEL PLANO', 'YOANDA LOZANO PAEZ', 'ramo', null, 'cargo_impreso', '45'),
('1a5839b69f5b31e9', '1', '2', 'titulo', null, 'PROGRAMA OPERATIVO ANUAL 2022', null, null, null, '6'),
('1a5839b69f5b31e9', '1', '3', 'titulo', null, 'AVANCE FISICO PROGRAMÁTICO', null, null, null, '8'),
('1a5839b69f5b31e9', '1', '4', 'ramo', '54', 'BISMOM BIENESTAR SOCIAL MUNICIPAL', '54', '0.988', 'codigo_impreso+otras_paginas+unidad', '10'),
('1a5839b69f5b31e9', '1', '5', 'programa', '5411', 'GESTION ADMINISTRATIVA', '511', '0.996', 'nombre+unidad+codigo_parecido', '11'),
('1a5839b69f5b31e9', '1', '6', 'unidad_ejecutora', '54101', 'DIRECCION', '54101', '1.0', 'codigo_impreso+mismas_acciones+nombre+centena_de_acciones+pagina_vecina', '12'),
('1a5839b69f5b31e9', '1', '7', 'finalidad', '2', 'DESARROLLO SOCIAL', '2', '0.998', 'conac:nombre+codigo_impreso+codigos_completos', '13'),
('1a5839b69f5b31e9', '1', '8', 'funcion', '2', 'VIVIENDA Y SERVICIOS A LA COMUNIDAD', '2.2', '0.998', 'conac:nombre+codigo_impreso+codigos_completos', '14'),
('1a5839b69f5b31e9', '1', '9', 'subfuncion', '2', 'DESARROLLO COMUNITARIO', '2.2.2', '0.998', 'conac:nombre+codigo_impreso+codigos_completos', '15');
insert into raw.ejercicios values
('2022', 'd0a82924e66211b5', '2026-11-26 03:55:37.375944-08');
insert into raw.elegidas values
('1a5839b69f5b31e9', '26', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-001', '100', 'sin_eje', '1', '2.651', null, 'exacta', 'false', '446.0000', '126.0000', '91.0000', '207.0000', '22.0000', '128.0000', null, null, null, '128.0000', '29.0000', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', '{"p1": "126", "a1": "128", "p2": "91", "a2": "0", "p3": "207", "a3": "0", "p4": "22", "a4": "0", "absoluto": "128", "meta": "446", "relativo_pct": "29%"}', '{}'),
('1a5839b69f5b31e9', '27', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-002', '101', 'sin_eje', '1', '6.596', null, 'realineada', 'false', '150.0000', '50.0000', '0.0000', '100.0000', '0.0000', '52.0000', null, null, null, '52.0000', '35.0000', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'exacta', 'exacta', 'exacta', 'realineada', 'realineada', 'exacta', 'exacta', 'exacta', 'exacta', 'realineada', 'exacta', '{"p1": "50", "a1": "52", "p2": "0", "p3": "100", "a3": "0", "p4": "0", "a4": "0", "absoluto": "52", "meta": "150", "relativo_pct": "35%"}', '{}'),
('1a5839b69f5b31e9', '28', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-003', '102', 'sin_eje', '1', '2.651', null, 'exacta', 'false', '276.0000', '76.0000', '71.0000', '107.0000', '22.0000', '76.0000', null, null, null, '76.0000', '28.0000', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', '{"p1": "76", "a1": "76", "p2": "71", "a2": "0", "p3": "107", "a3": "0", "p4": "22", "a4": "0", "absoluto": "76", "meta": "276", "relativo_pct": "28%"}', '{}'),
('1a5839b69f5b31e9', '29', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-004', '103', 'sin_eje', '1', '7.022', null, 'exacta', 'false', '20.0000', '0.0000', '20.0000', '0.0000', '0.0000', '0.0000', null, null, null, '0.0000', '0.0000', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', 'exacta', '{"p1": "0", "a1": "0", "p2": "20", "a2": "0", "p3": "0", "a3": "0", "p4": "0", "a4": "0", "absoluto": "0", "meta": "20", "relativo_pct": "0%"}', '{}');
insert into raw.extractos values
('1a5839b69f5b31e9', '2022/000_31395e697809fd00.txt', '000_31395e697809fd00.txt', '34189', '1a5839b69f5b31e93b9090828d68802b69c15cb8bc5e368c40e8d01b4217bb1c', 'utf-8', '596', null, null, '06bb1bb8a66a2b34', '2026-11-26 03:55:33.498931-08', null, null, null, null, null);
insert into raw.formatos values
('1a5839b69f5b31e9', '1', '5', '47', '4', '2022-T1', '2022', '02002', 'exacta', 'titulo', '0.969', '[]', '54101', 'exacta', 'codigo_impreso+mismas_acciones+nombre+centena_de_acciones+pagina_vecina', '1.0', '[]', '1', 'exacta', 'fecha_impresa+celdas+observaciones', '0.998', '[]', '2022', 'exacta', 'fecha+titulo+otras_paginas+observaciones', '0.998', '[]', 'sin_eje', 'exacta', 'corte+sin_etiqueta_eje+p_a_m_d', '0.993', '[]', '511', 'reparada', 'nombre+unidad+codigo_parecido', '0.996', '[]');
insert into raw.lecturas values
('1a5839b69f5b31e9', '26', '1', '2022', '2.651', 'true', 'true', '446.0000', '126.0000', '91.0000', '207.0000', '22.0000', '128.0000', null, null, null, '128.0000', '29.0000', '[]'),
('1a5839b69f5b31e9', '27', '1', '2022', '6.596', 'true', 'true', '150.0000', '50.0000', '0.0000', '100.0000', '0.0000', '52.0000', null, null, null, '52.0000', '35.0000', '[]'),
('1a5839b69f5b31e9', '28', '1', '2022', '2.651', 'true', 'true', '276.0000', '76.0000', '71.0000', '107.0000', '22.0000', '76.0000', null, null, null, '76.0000', '28.0000', '[]'),
('1a5839b69f5b31e9', '29', '1', '2022', '7.022', 'true', 'true', '20.0000', '0.0000', '20.0000', '0.0000', '0.0000', '0.0000', null, null, null, '0.0000', '0.0000', '[]');
insert into raw.lineas values
('1a5839b69f5b31e9', '1', '', '
'),
('1a5839b69f5b31e9', '10', 'RAMO: 54 BISMOM BIENESTAR SOCIAL MUNICIPAL', '
'),
('1a5839b69f5b31e9', '11', ' PROGRAMA: 5411 GESTION ADMINISTRATIVA', '
'),
('1a5839b69f5b31e9', '12', ' UNIDAD EJECUTORA: 54101 DIRECCION', '
'),
('1a5839b69f5b31e9', '13', ' FINALIDAD: 2 DESARROLLO SOCIAL', '
'),
('1a5839b69f5b31e9', '14', ' FUNCION: 2 VIVIENDA Y SERVICIOS A LA COMUNIDAD', '
'),
('1a5839b69f5b31e9', '15', ' SUBFUNCION: 2 DESARROLLO COMUNITARIO', '
'),
('1a5839b69f5b31e9', '16', ' LINEAS DE ACCION: 2.2.3 ESTIMULOS DIVERSOS A NIROS Y JOYENES ESTUDIANTES', '
'),
('1a5839b69f5b31e9', '17', ' 2.3.1 APOYOS DE ORDEN SOCIAL', '
'),
('1a5839b69f5b31e9', '18', '', '
'),
('1a5839b69f5b31e9', '19', 'TMM-F004', '
'),
('1a5839b69f5b31e9', '2', '', '
'),
('1a5839b69f5b31e9', '20', '', '
'),
('1a5839b69f5b31e9', '21', 'FECHA: ENERO-MARZO 2022', '
'),
('1a5839b69f5b31e9', '22', '', '
'),
('1a5839b69f5b31e9', '23', 'LINEA DE ACCION P.A.M.D.	DESCRIPCION DE LAS METAS/ACCIONES	UNIDAD DE MEDIDA	META ANUAL AUTORIZADA	PERIODO												ACUMULADO RELATIVO	OBSERVACIONES		', '
'),
('1a5839b69f5b31e9', '24', '				Ene-Mar		Abr-Jun		Jul-Sep		Oct-Dic		A		P				A	', '
'),
('1a5839b69f5b31e9', '25', '				P	A	P	A	P	A	P	A	P	A	P	A				', '
'),
('1a5839b69f5b31e9', '26', '2.3.1 2.2.3	100.-Proporcionar apoyos de orden social a personas en situacion de vulnerabilidad, contribuyendo en la atencion de sus necesidades prioritarias y con ello mejorar su bienestar social.	Apoyo Social	446	126	128	91	0	207	0	22	0	128	29%	En este 1er trimestre 2022 se cumple la meta de apoyos de orden social a personas en situacion de vulnerabilidad, entregando apoyos para estudiantes como uniforme escolar; apoyos comunitarios como material de construccion y lentes de aumento.					', '
'),
('1a5839b69f5b31e9', '27', '2.2.3	101.-Apoyar en la formacion academica del sector estudiantil a traves de diversos estímulos, con el fin de lograr una continuidad en su proceso formativo y educativo.	Beneficiario	150	50	52	0	100	0	0	0	52	35%	Se cumple esta accion derivado de la nesecidad en diferentes colonias de la ciudad de mexicali en otorgar apoyos de uniforme escolar como pantalones y zapatos escolares.						', '
'),
('1a5839b69f5b31e9', '28', '2.3.1	102.-Atender con apoyos de orden social a diversas comunidades, brindando para la atencion en cuestion de salud, material de construccion, mantenimiento en parques, y apoyos deportivos entre otros.	Apoyo	276	76	76	71	0	107	0	22	0	76	28%	Se otorgan apoyos comunitarios en la ciudad de Mexicali y su valle cumpliendo esta accion, se entregaron apoyos a casas quemadas, material de construccion a viviendas en situacion de vulnerabilidad y lentes de aumento a niños con problemática de vision.					', '
'),
('1a5839b69f5b31e9', '29', '2.3.1	103.- Brindar apoyo productivos Madres y Padres trabajadores (as) Emprendedoras, para la compra de insumos para su negocio.	Apoyo	20	0	0	20	0	0	0	0	0	0	0%						', '
'),
('1a5839b69f5b31e9', '3', '', '
'),
('1a5839b69f5b31e9', '30', '', '
'),
('1a5839b69f5b31e9', '31', 'ELABORÓ', '
'),
('1a5839b69f5b31e9', '32', '', '
'),
('1a5839b69f5b31e9', '33', 'REVISÓ', '
'),
('1a5839b69f5b31e9', '34', '', '
'),
('1a5839b69f5b31e9', '35', 'AUTORIZÓ', '
'),
('1a5839b69f5b31e9', '36', '', '
'),
('1a5839b69f5b31e9', '37', 'YOANDA LOZANO PAEZ', '
'),
('1a5839b69f5b31e9', '38', 'RESPONSABLE DE LA UNIDAD EJECUTORA', '
'),
('1a5839b69f5b31e9', '39', 'Nombre y Firma', '
'),
('1a5839b69f5b31e9', '4', '', '
'),
('1a5839b69f5b31e9', '40', '', '
'),
('1a5839b69f5b31e9', '41', 'DAVID MURILLO JIMENEZ', '
'),
('1a5839b69f5b31e9', '42', 'RESPONSABLE DEL PROGRAMA', '
'),
('1a5839b69f5b31e9', '43', 'Nombre y Firma', '
'),
('1a5839b69f5b31e9', '44', '', '
'),
('1a5839b69f5b31e9', '45', 'YOANDA LOZANO PAEZ', '
'),
('1a5839b69f5b31e9', '46', 'RESPONSABLE DEL PLANO', '
'),
('1a5839b69f5b31e9', '47', 'Nombre y Firma', '
'),
('1a5839b69f5b31e9', '5', 'XXIV AYUNTAMIENTO DE MEXICALI DE BAJA CALIFORNIA', '
'),
('1a5839b69f5b31e9', '6', 'PROGRAMA OPERATIVO ANUAL 2022', '
'),
('1a5839b69f5b31e9', '7', '', '
'),
('1a5839b69f5b31e9', '8', 'AVANCE FISICO PROGRAMÁTICO', '
'),
('1a5839b69f5b31e9', '9', '', '
');
insert into raw.renglones values
('1a5839b69f5b31e9', '26', '26', '1', '1', '2022', '100', 'false', 'impresa', '[2.3.1, 2.2.3]', 'Proporcionar apoyos de orden social a personas en situacion de vulnerabilidad, contribuyendo en la atencion de sus necesidades prioritarias y con ello mejorar su bienestar social.', 'Apoyo Social', '[446, 126, 128, 91, 0, 207, 0, 22, 0, 128, 29%]', 'En este 1er trimestre 2022 se cumple la meta de apoyos de orden social a personas en situacion de vulnerabilidad, entregando apoyos para estudiantes como uniforme escolar; apoyos comunitarios como material de construccion y lentes de aumento.', '41d529bc06aa9fff', '1', '[p1, a1, p2, a2, p3, a3, p4, a4, absoluto]', null, null),
('1a5839b69f5b31e9', '27', '27', '1', '2', '2022', '101', 'false', 'impresa', '[2.2.3]', 'Apoyar en la formacion academica del sector estudiantil a traves de diversos estímulos, con el fin de lograr una continuidad en su proceso formativo y educativo.', 'Beneficiario', '[150, 50, 52, 0, 100, 0, 0, 0, 52, 35%]', 'Se cumple esta accion derivado de la nesecidad en diferentes colonias de la ciudad de mexicali en otorgar apoyos de uniforme escolar como pantalones y zapatos escolares.', 'c6f4d65f48048182', '1', '[p1, a1, p2, a2, p3, a3, p4, a4, absoluto]', null, null),
('1a5839b69f5b31e9', '28', '28', '1', '3', '2022', '102', 'false', 'impresa', '[2.3.1]', 'Atender con apoyos de orden social a diversas comunidades, brindando para la atencion en cuestion de salud, material de construccion, mantenimiento en parques, y apoyos deportivos entre otros.', 'Apoyo', '[276, 76, 76, 71, 0, 107, 0, 22, 0, 76, 28%]', 'Se otorgan apoyos comunitarios en la ciudad de Mexicali y su valle cumpliendo esta accion, se entregaron apoyos a casas quemadas, material de construccion a viviendas en situacion de vulnerabilidad y lentes de aumento a niños con problemática de vision.', '257d673d1bfffd1b', '1', '[p1, a1, p2, a2, p3, a3, p4, a4, absoluto]', null, null),
('1a5839b69f5b31e9', '29', '29', '1', '4', '2022', '103', 'false', 'impresa', '[2.3.1]', 'Brindar apoyo productivos Madres y Padres trabajadores (as) Emprendedoras, para la compra de insumos para su negocio.', 'Apoyo', '[20, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0%]', '', '3d2dcd39b200978b', '1', '[p1, a1, p2, a2, p3, a3, p4, a4, absoluto]', null, null);
insert into raw.rutas values
('2022/000_31395e697809fd00.txt', '1a5839b69f5b31e9');
insert into raw.vinculos values
('1a5839b69f5b31e9', '26', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-001', 'primera_vez', '1.0', null),
('1a5839b69f5b31e9', '27', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-002', 'primera_vez', '1.0', null),
('1a5839b69f5b31e9', '28', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-003', 'primera_vez', '1.0', null),
('1a5839b69f5b31e9', '29', '2022', '02002', '54101', '2022-T1', '02002-54101-2022-T1-004', 'primera_vez', '1.0', null);
