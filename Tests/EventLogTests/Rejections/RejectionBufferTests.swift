import Postgres
import Testing

@testable import EventLog

struct RejectionBufferTests {
    private func delivery(_ source: Int64 = 1, reason: String = "bad", second: Int64 = 0) -> RejectedDelivery {
        RejectedDelivery(
            source: .sample(WorkspaceID(rawValue: 1), source),
            receivedAt: PostgresTimestamp(microsecondsSince1970: second * 1_000_000),
            reason: reason,
            headerNames: ["a"],
            bodySHA256: nil,
            size: 3
        )
    }

    @Test func everyDeliveryIsCountedAndSomeAreSampled() {
        var buffer = RejectionBuffer()
        for _ in 0..<250 { verify(buffer.add(delivery())) }
        let flushes = buffer.take()
        #expect(flushes.count == 1)
        #expect(flushes.first?.counts.values.map(\.count) == [250])
        #expect(flushes.first?.samples.count == 100)
        verify(buffer.take().isEmpty)
    }

    @Test func samplesAreBoundedPerMinuteAcrossFlushes() {
        var buffer = RejectionBuffer()
        var samples = 0
        for _ in 0..<5 {
            for _ in 0..<60 { _ = buffer.add(delivery(second: 59)) }
            samples += buffer.take().reduce(0) { $0 + $1.samples.count }
        }
        #expect(samples == 100)
        _ = buffer.add(delivery(second: 60))
        #expect(buffer.take().first?.samples.count == 1)
    }

    @Test func samplesAreBoundedInAll() {
        var buffer = RejectionBuffer()
        for source in 1...50 { for _ in 0..<100 { _ = buffer.add(delivery(Int64(source))) } }
        let flush = buffer.take()[0]
        #expect(flush.samples.count == 1000)
        #expect(flush.counts.values.reduce(0) { $0 + $1.count } == 5000)
    }

    @Test func countsAreBoundedInKinds() {
        var buffer = RejectionBuffer()
        var counted = 0
        for source in 1...20_000 where buffer.add(delivery(Int64(source))) { counted += 1 }
        #expect(counted == RejectionBuffer.countLimit)
    }

    @Test func nothingIsLostWhenPutBack() {
        var buffer = RejectionBuffer()
        for _ in 0..<5 { _ = buffer.add(delivery(reason: "a", second: 1)) }
        for _ in 0..<2 { _ = buffer.add(delivery(reason: "b", second: 2)) }
        let flush = buffer.take()[0]
        for _ in 0..<3 { _ = buffer.add(delivery(reason: "a", second: 3)) }
        buffer.putBack(flush)
        let merged = buffer.take()[0]
        let counts = Dictionary(uniqueKeysWithValues: merged.counts.map { ($0.key.reason, $0.value) })
        #expect(counts["a"]?.count == 8)
        #expect(counts["a"]?.lastReceivedAt.microsecondsSince1970 == 3_000_000)
        #expect(counts["b"]?.count == 2)
        #expect(merged.samples.count == 10)
    }

    @Test func workspacesAreWrittenApart() {
        var buffer = RejectionBuffer()
        _ = buffer.add(delivery())
        _ = buffer.add(
            RejectedDelivery(
                source: .sample(WorkspaceID(rawValue: 2)),
                receivedAt: PostgresTimestamp(microsecondsSince1970: 0),
                reason: "bad",
                headerNames: [],
                bodySHA256: nil,
                size: 0
            )
        )
        #expect(Set(buffer.take().map(\.workspace.rawValue)) == [1, 2])
    }
}
