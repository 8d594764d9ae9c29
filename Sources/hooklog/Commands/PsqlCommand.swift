import ArgumentParser
import Foundation

/// `hooklog psql`: opens a session in the configured database.
struct PsqlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql",
        abstract: "Open psql on the configured database.",
        discussion: """
            What follows -- is handed to psql. An embedded PostgreSQL is started for the session when it does not run.

              hooklog psql
              hooklog psql -- -c 'SELECT * FROM hooklog.customer'
            """
    )

    @OptionGroup var databaseOptions: DatabaseOptions

    @Argument(parsing: .postTerminator, help: .value("argument", "Arguments for psql."))
    var arguments: [String] = []

    func run() async throws {
        let config = try await databaseOptions.loadSettings()
        let settings = try DatabaseSettings(config: config, flags: databaseOptions.flags)
        switch settings.location {
        case .external(let connectionString):
            try PsqlInvocation(connectionString: connectionString, arguments: arguments).replaceProcess()
        case .embedded:
            let code = try await databaseOptions.withDatabase { database in
                let connectionString = database.configuration.connectionString
                let bundled = database.cluster.map { $0.programDirectory + "/psql" } ?? "psql"
                return try await PsqlInvocation(connectionString: connectionString, arguments: arguments)
                    .run(FileManager.default.isExecutableFile(atPath: bundled) ? bundled : "psql")
            }
            guard code == 0 else { throw ExitCode(code) }
        }
    }
}
