import Connectors

/// Answers requests for pages of a vendor's lists.
protocol ListAnswering: Sendable {
    /// The page; nil when the list is not there and need not be.
    ///
    /// - Throws: `unreachable` when the vendor does not answer or refuses; `CancellationError`.
    func page(_ request: VendorPageRequest) async throws -> VendorPage?
}
