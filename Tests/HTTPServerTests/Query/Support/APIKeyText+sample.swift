@testable import EventLog

extension APIKeyText {
    /// A key with this number, and random bytes that are all `secret`.
    static func sample(_ number: Int, secret: UInt8 = 0) -> APIKeyText? {
        let identifier = BigEndian.identifier(workspace: WorkspaceID(rawValue: 1), number: Int64(number))
        return APIKeyText("pivotal_" + CrockfordBase32.encode(identifier + [UInt8](repeating: secret, count: 32)))
    }
}
