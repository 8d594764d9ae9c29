import PostgresTesting
import Seeding

/// An event on a contact as Pivotal sends it, whose keys and values a test chooses.
struct ContactEvent: Hashable {
    enum Action: String, CaseIterable {
        case created, updated, deleted
    }

    var id: Int
    var entity: String
    var action = Action.updated
    /// Seconds after an epoch; events may share one.
    var second: Int
    /// Its place among the events of one second; nil comes last.
    var sequence: Int?
    var livemode = true
    var values: [String: Int?] = [:]
    /// Keys whose values are texts of so many letters.
    var texts: [String: Int] = [:]

    /// What its object holds besides the id, as JSON.
    var members: [String: String] {
        let texts = texts.mapValues { "\"\(String(repeating: "x", count: $0))\"" }
        return values.mapValues { $0.map(String.init) ?? "null" }.merging(texts) { $1 }
    }

    var body: String {
        """
        {"id":"evt_\(id)","type":"contact.\(action.rawValue)","created_at":"2026-03-01T\(time)Z","livemode":\(livemode),\
        \(sequence.map { "\"n\":\($0)," } ?? "")\
        "data":{"object":{"id":"\(entity)"\(pairs.map { ",\($0)" }.joined())}}}
        """
    }

    private var pairs: [String] {
        members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    }

    private var time: String {
        let parts = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return parts.joined(separator: ":")
    }
}

extension ContactEvent {
    /// A random history: few entities, few seconds, random subsets of keys, some deletes, some test data.
    static func history(_ count: Int, using generator: inout SeededGenerator) -> [ContactEvent] {
        (1...count).map { id in
            var event = ContactEvent(
                id: id,
                entity: "con_\(Int.random(in: 1...4, using: &generator))",
                second: Int.random(in: 0...(count / 2), using: &generator)
            )
            event.livemode = Int.random(in: 0..<8, using: &generator) > 0
            if Bool.random(using: &generator) { event.sequence = Int.random(in: 1...9, using: &generator) }
            event.action = Int.random(in: 0..<6, using: &generator) == 0 ? .deleted : .updated
            for key in ["a", "b", "c", "d"] where Bool.random(using: &generator) {
                let value = Int.random(in: 0..<100, using: &generator)
                event.values[key] = value < 15 ? .some(nil) : value
            }
            return event
        }
    }
}
