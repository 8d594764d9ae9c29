import Connectors
import EmbeddedPostgres
import EventLog
import Logging
import Postgres
import Schema

/// The database that a command works on, for as long as it does.
struct Database: Sendable {
    /// How to connect.
    var configuration: PostgresConfiguration
    /// The pool of this command's connections.
    var pool: PostgresPool
    /// The cluster, when it is an embedded one.
    let cluster: EmbeddedPostgres?
    /// The key that secrets are sealed with, where there is one.
    let masterKey: MasterKey?
    /// The program's log.
    let logger: Logger

    /// How to connect for work on whole logs: such sessions are told about planning.
    ///
    /// - Throws: `databaseNotReady` behind a pooler in transaction mode, where other programs' sessions would get what ours
    ///   are told.
    func configurationForWork() async throws -> PostgresConfiguration {
        if cluster == nil, try await sharesSessions() {
            throw CommandError(.databaseNotReady, "\(Self.sharingProblem). \(Self.sharingRemedy)")
        }
        var told = configuration
        told.sessionStatements.append(SQLLibrary.tellPlanner)
        return told
    }

    /// The events of all logs.
    var events: EventReader { EventReader(pool: pool, senders: .known) }

    /// The sources; what has to do with their secrets needs a sealer.
    func sources(_ sealer: SecretSealer? = nil) -> SourceStore {
        SourceStore(pool: pool, senders: .known, sealer: sealer)
    }

    /// What secrets are sealed and opened with.
    ///
    /// - Throws: `masterKeyMissing` where there is no key for it.
    func sealer() throws(CommandError) -> SecretSealer {
        guard let masterKey else {
            throw CommandError(
                .masterKeyMissing,
                "There is no master key to seal secrets with. Make one with `hooklog master-key` and set it as"
                    + " HOOKLOG_MASTER_KEY here and for `hooklog serve`."
            )
        }
        return SecretSealer(masterKey)
    }
}
