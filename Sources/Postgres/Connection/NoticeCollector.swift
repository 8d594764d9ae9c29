import CLibpq

/// Gathers the warnings that libpq hands out while it reads.
///
/// libpq calls it synchronously from within its own calls, so it stays on the connection's thread.
final class NoticeCollector {
    /// Kept per call; more are dropped.
    private static let limit = 64

    private var notices: [PostgresNotice] = []

    /// Makes this object receive a connection's notices; it must live as long as the handle.
    func attach(to handle: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<NoticeCollector>.fromOpaque(context).takeUnretainedValue().receive(result)
            },
            context
        )
    }

    /// Returns what came since the last call.
    func take() -> [PostgresNotice] {
        defer { notices.removeAll(keepingCapacity: true) }
        return notices
    }

    private func receive(_ result: OpaquePointer) {
        guard notices.count < Self.limit, PostgresDiagnostics.field("V", of: result) == "WARNING" else { return }
        let notice = PostgresDiagnostics(result: result)
        notices.append(PostgresNotice(sqlState: notice.sqlState, message: notice.message ?? ""))
    }
}
