import Connectors
import EventLog
import Postgres

extension Refusal {
    /// The SQLSTATE of a write that would make an object too large; see `sql/functions/surfaces/record_objects.sql`.
    private static let objectTooLargeState = "HL006"

    /// What a client is told of a failed statement: that trying again helps, or that the server is at fault; or its own
    /// object, when that is too large.
    init(_ error: PostgresError) {
        guard error.sqlState?.rawValue != Self.objectTooLargeState else {
            self = .objectTooLarge
            return
        }
        self =
            switch error.code.kind {
            case .unfit where error.code == .readOnly: .unavailable(.standby)
            case .cancelled, .passing, .unfit, .noWayIn: .unavailable(.database)
            case .value, .integrity, .program: .failed
            }
    }

    /// What a client is told of a failed read of the log.
    init(_ error: EventLogError) {
        self =
            switch error.code {
            case .unavailable, .queueFull, .cancelled: .unavailable(.database)
            case .unknownWorkspace: .invalidKey
            case .refused, .unknownSource, .unknownAPIKey, .unknownConnector, .ambiguousWorkspace, .nameTaken,
                .invalidArgument, .invalidSecret, .missingMasterKey, .invalidMasterKey, .unsealFailed, .databaseFailed:
                .failed
            }
    }
}
