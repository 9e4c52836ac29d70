"""The Spark session of this process: the one that is there, or one of this machine.

Belongs here: how it is set up. Does not belong here: what is done with it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.settings import worker_count

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.partitionOverwriteMode": "dynamic",
}
"""What the models rely on, whoever set the session up."""


LOG = (
    "rootLogger.level = error",
    "rootLogger.appenderRef.file.ref = file",
    "appender.file.type = File",
    "appender.file.name = file",
    "appender.file.layout.type = PatternLayout",
    "appender.file.layout.pattern = %d %p %c: %m%n%ex",
)
"""Where Spark says what went wrong; by default that is the terminal, and a page of it for each error."""


def spark_session(folder: Path) -> SparkSession:
    """The session that is there, with what the models rely on; else one of this machine that keeps all below a folder.

    A cluster's own (Databricks, ``spark-submit``) is there already, with its catalogue.
    """
    from pyspark.sql import SparkSession

    if not (found := SparkSession.getActiveSession()):
        found = _of_this_machine(folder)
    for name, value in ALWAYS.items():
        found.conf.set(name, value)
    return found


def _of_this_machine(folder: Path) -> SparkSession:
    from pyspark.sql import SparkSession

    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    log = folder / "log4j2.properties"
    log.write_text("\n".join((*LOG, f"appender.file.fileName = {folder}/spark.log", "")), encoding="utf-8")
    settings = {
        # Four tries of a task: one whose process died is done again.
        "spark.master": f"local[{worker_count()}, 4]",
        "spark.driver.memory": "4g",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.warehouse.dir": str(folder / "tables"),
        "spark.local.dir": str(folder / "scratch"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": f"jdbc:derby:;databaseName={folder / 'catalogue'};create=true",
        "spark.driver.extraJavaOptions": f'-Dderby.system.home="{folder}" -Dlog4j2.configurationFile="{log}"',
    }
    builder = SparkSession.builder.appName("avance").enableHiveSupport()
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
