import Connectors
import EventLog
import Logging
import Postgres
import PostgresTesting
import Projections
import Schema
import Testing

/// A database with the schema of the log and of projections, and what tests do with it.
struct ProjectionHarness: Sendable {
    let database: TestDatabase
    /// A connection of the role that owns the schema, which is no superuser.
    let connection: PostgresConnection

    var configuration: PostgresConfiguration { Self.configuration(of: database) }

    /// Runs a test in a database of its own with a workspace, number 1.
    static func run(_ body: @escaping @Sendable (ProjectionHarness) async throws -> Void) async throws {
        let template = try await HarnessTemplate.shared.name()
        try await TestDatabase.with(template: template) { database in
            try await PostgresConnection.with(configuration(of: database), logger: TestDatabase.logger) { connection in
                try await body(ProjectionHarness(database: database, connection: connection))
            }
        }
    }

    /// Lends the harness with a connection that may do everything, as a careless installation's does.
    func withSuperuser(_ body: (ProjectionHarness) async throws -> Void) async throws {
        try await database.withConnection { connection in
            try await body(ProjectionHarness(database: database, connection: connection))
        }
    }

    /// The newest generation's number.
    func generation() async throws -> Int64 {
        try await number("SELECT max(generation) FROM hooklog.projection_generation")
    }

    /// Lends a pool of connections of the owner, closed afterwards.
    func withPool(size: Int = 6, _ body: (PostgresPool) async throws -> Void) async throws {
        let pool = PostgresPool(
            PostgresPoolConfiguration(patient: configuration, size: size),
            logger: TestDatabase.logger
        )
        do {
            try await body(pool)
            await pool.shutdown(deadline: .now + .seconds(10))
        } catch {
            await pool.shutdown(deadline: .now + .seconds(10))
            throw error
        }
    }

    /// The rows of a query, their columns joined by a bar; NULL is a hyphen.
    func rows(_ sql: String) async throws -> [String] {
        let line = """
            SELECT (
                SELECT string_agg(coalesce(c.value, '-'), '|' ORDER BY c.nth)
                FROM json_each_text(row_to_json(r)) WITH ORDINALITY AS c (key, value, nth)
            ) AS line
            FROM (\(sql)) AS r
            """
        let result = try await connection.query(PostgresStatement(name: "test", sql: line))
        return try result.rows.map { try $0.decode("line") }
    }

    /// The rows that only one of two tables of a read model has.
    func differences(_ one: String, _ other: String) async throws -> [String] {
        try await rows(TableDifference.query(one, other))
    }

    /// Has the engine take note of where an entity's members were carried after so many bytes of its events.
    func noteEvery(bytes: Int) async throws {
        _ = try await connection.query(
            PostgresStatement(
                name: "note",
                sql: """
                    CREATE OR REPLACE FUNCTION hooklog.stamp_interval() RETURNS bigint
                    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT \(bytes)::bigint'
                    """
            )
        )
    }

    /// The single number that a query returns.
    func number(_ sql: String) async throws -> Int64 {
        try await Int64(#require(rows("SELECT (\(sql))::bigint AS n").first)) ?? -1
    }

    /// Makes a workspace.
    func workspace(_ slug: String) async throws -> WorkspaceID {
        WorkspaceID(rawValue: try await number("SELECT hooklog.create_workspace('\(slug)', 'A workspace')"))
    }

    /// Appends bodies to a log in one batch, and returns the outcomes.
    @discardableResult
    func append(
        _ bodies: [String],
        to workspace: WorkspaceID = .first,
        connector: String = "pivotal"
    ) async throws -> [String] {
        let sender = try Senders.known.sender(ConnectorName(rawValue: connector))
        let deliveries = bodies.map {
            VerifiedWebhook(
                source: SourceID(workspace: workspace, number: 7),
                sender: sender,
                deliveryID: nil,
                headers: #"{"hooklog-sequence-at":"body:/n"}"#,
                body: Array($0.utf8)
            )
        }
        let parameters = EventAppender.parameters(deliveries, workspace: workspace)
        let result = try await connection.query(SQLLibrary.call("append", parameters.count), parameters)
        return try result.rows.map { try $0.decode("outcome") }
    }

    /// Takes one step and returns its outcome.
    @discardableResult
    func step(
        _ workspace: WorkspaceID = .first,
        _ projection: String = "directory",
        _ generation: Int64 = 1,
        limit: Int32 = 1_000_000,
        bytes: Int64 = 16 << 20
    ) async throws -> String {
        let statement = PostgresStatement(name: "step", sql: "SELECT outcome FROM hooklog.project($1, $2, $3, $4, $5)")
        let result = try await connection.query(
            statement,
            [.int8(workspace.rawValue), .text(projection), .int8(generation), .int4(limit), .int8(bytes)]
        )
        return try #require(result.first).decode("outcome")
    }

    /// Steps until there is nothing to do and returns the last outcome.
    @discardableResult
    func project(
        _ workspace: WorkspaceID = .first,
        _ projection: String = "directory",
        _ generation: Int64 = 1,
        limit: Int32 = 1_000_000
    ) async throws -> String {
        var outcome = "folded"
        while outcome == "folded" { outcome = try await step(workspace, projection, generation, limit: limit) }
        return outcome
    }

    /// Registers a user's projection of one table and returns its generation.
    @discardableResult
    func register(
        _ name: String,
        _ select: String,
        kind: ProjectionTable.Kind = .entity,
        reads: [ProjectionTable.Selector] = [.init(system: "pivotal", entityType: "contact")],
        allowOlder: Bool = false
    ) async throws -> RegistrationOutcome? {
        let table = ProjectionTable(name: name, kind: kind, reads: reads, select: select)
        let definition = try ProjectionDefinition(name: ProjectionName(rawValue: name), tables: [table])
        return try await ProjectionRegistry(connection: connection)
            .register([definition], builtIn: false, allowOlder: allowOlder)[definition.name]
    }

    private static func configuration(of database: TestDatabase) -> PostgresConfiguration {
        var configuration = database.configuration
        configuration.sessionStatements += [
            PostgresStatement(name: "set_role", sql: "SET ROLE \(HarnessTemplate.owner)")
        ]
        return configuration
    }
}

extension WorkspaceID {
    /// The workspace that every harness has.
    static let first = WorkspaceID(rawValue: 1)
}

/// Makes the database that those of tests are copied from.
private actor HarnessTemplate {
    static let shared = HarnessTemplate()
    static let owner = "hooklog_owner"

    private var made: Task<String, any Error>?

    /// The template's name; made on the first call.
    func name() async throws -> String {
        // One task, so that tests that begin at the same time wait for the same template.
        let task = made ?? Task { try await Self.make() }
        made = task
        return try await task.value
    }

    private static func make() async throws -> String {
        let cluster = try await TestCluster.shared
        let name = "projection_template"
        try await script(cluster, "postgres", "CREATE DATABASE \(name) TEMPLATE template0")
        try await script(cluster, name, roles(database: name))
        let schema = (SQLLibrary.paths(in: "schema") + SQLLibrary.functionPaths).compactMap { SQLLibrary.text($0) }
        let begin = """
            SET ROLE \(owner); SET check_function_bodies = off; CREATE SCHEMA hooklog; CREATE SCHEMA hooklog_data;
            CREATE SCHEMA projection; GRANT USAGE ON SCHEMA projection TO hooklog_projection;
            """
        let end = "SELECT hooklog.make_partitions(now(), 2); SELECT hooklog.create_workspace('first', 'First')"
        try await script(cluster, name, ([begin] + schema + [grants, end]).joined(separator: ";\n"))
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: cluster.connectionString(database: name)),
            logger: TestDatabase.logger
        )
        try await connection.script("SET ROLE \(owner)")
        let definitions = try ProjectionCatalog().builtIn
        _ = try await ProjectionRegistry(connection: connection).register(definitions, builtIn: true)
        await connection.close()
        return name
    }

    private static func roles(database: String) -> String {
        """
        DO $$ BEGIN CREATE ROLE \(owner) NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        DO $$ BEGIN CREATE ROLE hooklog_projection NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        GRANT hooklog_projection TO \(owner);
        GRANT CREATE ON DATABASE \(database) TO \(owner);
        """
    }

    /// What users' projections may do: read the log, and call what only computes.
    private static let grants = """
        REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hooklog FROM PUBLIC;
        GRANT USAGE ON SCHEMA hooklog TO hooklog_projection;
        GRANT SELECT ON hooklog.event TO hooklog_projection;
        DO $$
        DECLARE
            f regprocedure;
        BEGIN
            FOR f IN
                SELECT p.oid FROM pg_proc AS p
                WHERE p.pronamespace = 'hooklog'::regnamespace AND p.provolatile <> 'v' AND NOT p.prosecdef
            LOOP
                EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO hooklog_projection', f);
            END LOOP;
        END $$;
        """

    private static func script(_ cluster: TestCluster, _ database: String, _ sql: String) async throws {
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: cluster.connectionString(database: database)),
            logger: TestDatabase.logger
        )
        try await connection.script(sql)
        await connection.close()
    }
}
