import Connectors

/// Answers requests for pages of a vendor's lists.
protocol ListAnswering: Sendable {
    /// The page, or why there is none.
    ///
    /// - Throws: `unreachable` when the vendor does not answer or refuses; `CancellationError`.
    func answer(to request: VendorPageRequest) async throws -> VendorAnswer
}
