import Postgres

/// What one transaction writes about the refused deliveries of one workspace.
struct RejectionFlush: Sendable {
    struct Count: Sendable {
        var count: Int64 = 0
        var lastReceivedAt: PostgresTimestamp
    }

    struct Key: Hashable, Sendable {
        let source: SourceID
        let reason: String
    }

    let workspace: WorkspaceID
    var counts: [Key: Count] = [:]
    var samples: [RejectedDelivery] = []

    /// The parameters of `record_rejections`.
    var parameters: [PostgresParameter] {
        let counts = counts.sorted { ($0.key.source.number, $0.key.reason) < ($1.key.source.number, $1.key.reason) }
        return [
            .int8(workspace.rawValue),
            .int8Array(counts.map(\.key.source.number)),
            .textArray(counts.map(\.key.reason)),
            .int8Array(counts.map(\.value.count)),
            .timestamptzArray(counts.map(\.value.lastReceivedAt)),
            .int8Array(samples.map(\.source.number)),
            .textArray(samples.map(\.reason)),
            .timestamptzArray(samples.map(\.receivedAt)),
            .textArray(samples.map { $0.headerNames.joined(separator: "\n") }),
            .byteaArray(samples.map(\.bodySHA256)),
            .int8Array(samples.map(\.size)),
        ]
    }
}
