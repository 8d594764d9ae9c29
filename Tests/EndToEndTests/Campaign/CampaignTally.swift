/// What a campaign saw: faults, answers, writes that were acknowledged, and memory.
actor CampaignTally {
    private var faults: [String: Int] = [:]
    private var answers: [String: [String: Int]] = [:]
    private var peakMemory = 0
    private var notes: [String] = []
    private var clockIsOff = false
    private(set) var written: Set<String> = []

    /// The statuses that each kind of request may get; no answer at all is what a client sees of a process that is killed.
    private static let clear: [String: Set<String>] = [
        "delivery": ["202", "503", "none"],
        "delivery while a clock was off": ["401"],
        "delivery to a full disk": ["202", "503", "none"],
        "write": ["201", "409", "429", "503", "none"],
        "forged": ["401", "413", "503", "none"],
        "odd": ["202", "503", "none"],
        "large": ["202", "413", "503", "none"],
        "read": ["200", "503", "none"],
    ]

    func injected(_ fault: String) { faults[fault, default: 0] += 1 }
    func wrote(_ name: String) { written.insert(name) }
    func sawMemory(_ kibibytes: Int) { peakMemory = max(peakMemory, kibibytes) }

    func note(_ line: String) { notes.append(line) }
    /// While a clock is off, a signature's time may be too far from it.
    func clockIsOff(_ isOff: Bool) { clockIsOff = isOff }

    func answered(_ kind: String, _ status: Int?) {
        let isTimely = !(clockIsOff && status == 401)
        let name = isTimely ? kind : "\(kind) while a clock was off"
        answers[name, default: [:]][status.map(String.init) ?? "none", default: 0] += 1
    }

    /// How often a kind of request got a status.
    func count(of kind: String, _ status: String) -> Int { answers[kind]?[status] ?? 0 }

    /// Answers that their kind of request must not get.
    var unclearAnswers: [String] {
        answers.flatMap { kind, counts in
            counts.keys.filter { Self.clear[kind]?.contains($0) != true }.map { "\(kind): \($0)" }
        }
        .sorted()
    }

    /// One line for each kind of figure.
    var figures: String {
        let lines =
            ["faults: \(Self.text(faults))"] + notes
            + answers.sorted { $0.key < $1.key }.map { "answers to \($0.key): \(Self.text($0.value))" }
            + ["acknowledged writes: \(written.count)", "peak memory of the service: \(peakMemory / 1024) MiB"]
        return lines.joined(separator: "\n")
    }

    private static func text(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
    }
}
