"""PostgreSQL: what the app's role may do. It owns nothing: it alters no table and disables no trigger."""

from sqlalchemy import Connection, MetaData

from holds.store.engine import APP_ROLE


def grant(connection: Connection, metadata: MetaData, app_login: str | None = None) -> None:
    """Make the role where it is missing, and give it exactly what each table's mark allows.

    `app_login` is the login of HOLDFAST_DATABASE_URL: it becomes a member of the role.
    """
    connection.exec_driver_sql(
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') "
        f"THEN CREATE ROLE {APP_ROLE} NOLOGIN; END IF; END $$"
    )
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP_ROLE}")
    connection.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    connection.exec_driver_sql(
        f"DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %%I FROM PUBLIC, {APP_ROLE}', "
        "current_database()); END $$"
    )
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
    connection.exec_driver_sql(f"GRANT SELECT ON public.alembic_version TO {APP_ROLE}")
    for table in metadata.sorted_tables:
        rights = ["SELECT", "INSERT"]
        if table.info.get("mutable") or table.info.get("deletable"):
            rights.append("UPDATE")
        if table.info.get("deletable"):
            rights.append("DELETE")
        connection.exec_driver_sql(f"GRANT {', '.join(rights)} ON public.{table.name} TO {APP_ROLE}")
    if app_login is not None:
        name = connection.dialect.identifier_preparer.quote(app_login)
        connection.exec_driver_sql(f"GRANT {APP_ROLE} TO {name}")
