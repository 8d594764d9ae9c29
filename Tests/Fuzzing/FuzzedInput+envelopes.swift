import Connectors
import EventLog

extension FuzzedInput {
    /// A signed body: whatever it is, each connector reads of it what PostgreSQL takes as text.
    static let envelopes = FuzzedInput(
        "envelopes",
        seeds: [
            #"{"id":"evt_1","type":"a.b.c","created_at":"2026-01-02T03:04:05.678Z","livemode":true,"data":{"object":{"id":1.20e1}}}"#,
            #"{"event":"customer.updated","object_id":"cus_1","data":{"id":[{},"\ud83d\ude00\u0000"]},"created":1700000000.5}"#,
            #"[1,{"a":"b"},[1e400,-0.0001]]"#,
        ]
        .map { Array($0.utf8) }
    ) { (bytes: [UInt8]) in
        let places =
            #"{"hooklog-id-at":"body:/data/id/1","hooklog-time-at":"body:/created","hooklog-sequence-at":"body:/1/a"}"#
        for sender in Senders.known.all {
            for headers in ["{}", places] {
                let fields = sender.envelope.fields(of: bytes, headers: headers)
                for text in [fields.id, fields.type, fields.entityType, fields.entityID].compactMap(\.self) {
                    if text.utf8.contains(0) { return "\(sender.name): a text with a NUL" }
                    if !(1...255).contains(text.utf8.count) {
                        return "\(sender.name): a text of \(text.utf8.count) bytes"
                    }
                }
            }
        }
        return nil
    }
}
