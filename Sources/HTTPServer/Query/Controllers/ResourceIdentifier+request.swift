import Connectors
import Hummingbird
import Postgres

extension ResourceIdentifier {
    /// The `display_id` and the id, as the statements take them; neither for what can name nothing.
    var parameters: [PostgresParameter] {
        switch self {
        case .displayID(let number): [.int8(number), .text(nil)]
        case .id(let id): [.int8(nil), .text(id)]
        case .unmatchable: [.int8(nil), .text(nil)]
        }
    }
}

extension ServerRequestContext {
    /// What the path's `{id}` names.
    var resource: ResourceIdentifier {
        parameters.get("id").flatMap { PercentDecoding.decode($0) }.map { ResourceIdentifier($0) } ?? .unmatchable
    }
}
