import EventLog

/// What an import did, in the form that is printed.
struct ImportSummary: Encodable, Hashable {
    /// A line that was refused.
    struct Refused: Encodable, Hashable {
        /// Its number, from 1.
        let number: Int
        let reason: String

        /// A sentence on it, where the source's system has objects of these kinds.
        func remark(_ unit: ImportChunk.Unit, _ entityTypes: [String]) -> String {
            let advice = ImportRefusal(rawValue: reason)?.advice(entityTypes) ?? "was refused"
            return "\(unit.rawValue) \(number) \(advice)."
        }
    }

    /// How many refused lines are named.
    static let namedRefusals = 10
    /// How many other systems are named.
    private static let namedSystems = 20

    let sourceId: String
    /// How many lines an earlier run had brought in, where this one went on, and how many of them it had refused.
    let earlier: Int
    let refusedEarlier: Int
    private(set) var read = 0
    /// How many lines became events.
    ///
    /// After a pause of the database it is a lower bound: what was appended just before counts as unchanged.
    private(set) var appended = 0
    private(set) var unchanged = 0
    /// How many events bear an id that the log has with another body.
    private(set) var conflicting = 0
    private(set) var skipped = 0
    private(set) var refused = 0
    /// The first refused lines.
    private(set) var refusals: [Refused] = []
    /// How many of the skipped lines are events of other systems.
    private(set) var otherSystems: [String: Int] = [:]
    /// The kinds of objects whose lists were not there.
    var absent: [String] = []
    var seconds = 0.0
    /// Why it ended before its time.
    var error: String?

    /// Creates the summary of an import that has read nothing.
    init(source: SourceID, earlier: Int, refusedEarlier: Int = 0) {
        sourceId = source.description
        self.earlier = earlier
        self.refusedEarlier = refusedEarlier
    }

    /// Counts a line; returns it when it was refused and is to be named.
    @discardableResult
    mutating func note(_ outcome: ImportOutcome, number: Int) -> Refused? {
        read += 1
        switch outcome {
        case .appended: appended += 1
        case .unchanged: unchanged += 1
        case .conflicting: conflicting += 1
        case .foreign(let system):
            skipped += 1
            let isNamed = otherSystems[system] != nil || otherSystems.count < Self.namedSystems
            otherSystems[isNamed ? system : "others", default: 0] += 1
        case .refused(let refusal) where refusal.isHarmless: skipped += 1
        case .refused(let refusal):
            refused += 1
            guard refusals.count < Self.namedRefusals else { return nil }
            refusals.append(Refused(number: number, reason: refusal.rawValue))
            return refusals.last
        }
        return nil
    }

    /// How many lines were refused, by an earlier run too.
    var allRefused: Int { refusedEarlier + refused }

    /// Whether it did anything that the next run need not do again.
    var isWorthKeeping: Bool { earlier > 0 || appended + unchanged + conflicting > 0 }

    /// Whether nothing but events of other systems was read.
    var isAllForeign: Bool { earlier == 0 && read > 0 && otherSystems.values.reduce(0, +) == read }

    /// Lines in a second.
    var perSecond: Int { seconds > 0 ? Int(Double(read) / seconds) : 0 }
}

extension ImportSummary {
    /// The summary for people.
    var sentence: String {
        let left = [
            conflicting > 0 ? ", \(conflicting) known with another body (see `hooklog rejected list`)" : "",
            skipped > 0 ? ", \(skipped) skipped" : "", refused > 0 ? ", \(refused) refused" : "",
        ].joined()
        let again = refusedEarlier > 0 ? " (\(refusedEarlier) of them refused; --restart reads them again)" : ""
        let before = earlier > 0 ? " after the \(earlier) of an earlier run\(again)" : ""
        return "Imported \(read)\(before): \(appended) appended, \(unchanged) unchanged\(left), in "
            + "\(Moment.text(of: .seconds(seconds))), \(perSecond)/s."
    }

    /// What else is to be said about it, a sentence each.
    var remarks: [String] {
        var remarks: [String] = []
        if refused > refusals.count { remarks.append("… and \(refused - refusals.count) more were refused.") }
        if !otherSystems.isEmpty {
            let systems = otherSystems.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            remarks.append("Events of other systems were skipped: \(systems). Import them into sources of their own.")
        }
        for kind in absent { remarks.append("The API has no list of \(kind); it was left out.") }
        return remarks
    }
}

extension ImportRefusal {
    /// What is wrong with a line, and what to do about it.
    func advice(_ entityTypes: [String]) -> String {
        switch self {
        case .notJSON: "is not JSON that PostgreSQL can hold"
        case .notAnObject: "is not a JSON object"
        case .noID: "has no id, so nothing says which object it is"
        case .unknownType:
            "is of no kind that is known here; give --type with one of " + entityTypes.joined(separator: ", ")
        case .thin: "only names an object"
        case .noPayload: "is an event without a body"
        case .tooLong: "is longer than the source takes; make the source with a larger --maximum-body-size"
        case .refusedByDatabase: "was refused by the database, whose log says why"
        }
    }
}
