import Connectors
import EventLog

extension Sender {
    /// The sender of a connector that there is.
    static func known(_ name: ConnectorName) -> Sender {
        guard let connector = Connector.named(name) else { preconditionFailure("There is no connector \(name).") }
        return connector.sender
    }
}
