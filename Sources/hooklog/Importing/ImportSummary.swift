import EventLog

/// What an import did, in the form that is printed.
struct ImportSummary: Encodable, Hashable {
    /// A line that was refused.
    struct Refused: Encodable, Hashable {
        /// Its number, from 1.
        let number: Int
        let reason: String
    }

    /// How many refused lines are named.
    static let namedRefusals = 10

    let sourceId: String
    /// How many lines an earlier run had brought in, where this one went on.
    let earlier: Int
    private(set) var read = 0
    private(set) var appended = 0
    private(set) var unchanged = 0
    private(set) var skipped = 0
    private(set) var refused = 0
    /// The first refused lines.
    private(set) var refusals: [Refused] = []
    var seconds = 0.0

    /// Creates the summary of an import that has read nothing.
    init(source: SourceID, earlier: Int) {
        sourceId = source.description
        self.earlier = earlier
    }

    /// Counts a line.
    mutating func note(_ outcome: ImportOutcome, number: Int) {
        read += 1
        switch outcome {
        case .appended: appended += 1
        case .unchanged: unchanged += 1
        case .refused(let refusal) where refusal.isHarmless: skipped += 1
        case .refused(let refusal):
            refused += 1
            if refusals.count < Self.namedRefusals {
                refusals.append(Refused(number: number, reason: refusal.rawValue))
            }
        }
    }

    /// Lines in a second.
    var perSecond: Int { seconds > 0 ? Int(Double(read) / seconds) : 0 }

    /// The summary for people.
    var sentence: String {
        let left = [skipped > 0 ? ", \(skipped) skipped" : "", refused > 0 ? ", \(refused) refused" : ""].joined()
        let before = earlier > 0 ? " after the \(earlier) of an earlier run" : ""
        return "Imported \(read)\(before): \(appended) appended, \(unchanged) unchanged\(left), in "
            + "\(Moment.text(of: .seconds(seconds))), \(perSecond)/s."
    }
}

extension ImportRefusal {
    /// What is wrong with a line, and what to do about it.
    var advice: String {
        switch self {
        case .notJSON: "is not JSON that PostgreSQL can hold"
        case .notAnObject: "is not a JSON object"
        case .noID: "has no id"
        case .unknownType: "does not say what kind of object it is; give --type"
        case .otherSystem: "is an event of another system than the source's"
        case .thin: "only names an object"
        case .noPayload: "is an event without a body"
        case .tooLong: "is longer than the source takes"
        case .refusedByDatabase: "was refused by the database"
        }
    }
}
