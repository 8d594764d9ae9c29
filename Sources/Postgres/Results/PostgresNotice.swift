/// A warning that the server sent beside a statement's result.
///
/// The message may quote data: it is for deciding, not for logging.
package struct PostgresNotice: Sendable, Hashable {
    /// The SQLSTATE, such as `01000`.
    package let sqlState: SQLState?
    /// The primary message.
    package let message: String
}
