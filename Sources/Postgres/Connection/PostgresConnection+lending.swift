import Logging

extension PostgresConnection {
    /// Opens a connection, lends it to `body` and closes it, whatever became of that.
    nonisolated(nonsending) package static func with<Value>(
        _ configuration: PostgresConfiguration,
        logger: Logger,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await connect(configuration, logger: logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}
