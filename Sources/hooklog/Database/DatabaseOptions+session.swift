import Configuration
import Logging

extension DatabaseOptions {
    /// Reads the settings and runs `body` with the database, logging warnings and worse.
    func withDatabase<Value: Sendable>(
        _ body: @escaping @Sendable (Database) async throws -> Value
    ) async throws -> Value {
        let config = try await loadSettings()
        let logger = try LogSettings(config: config, defaultLevel: .warning).logger()
        let settings = try DatabaseSettings(config: config, flags: flags)
        return try await DatabaseSession(settings: settings, logger: logger).run(body)
    }
}
