/// The labels of one series, sorted by name, as they stand in the text: `a="1",b="2"`.
struct MetricLabels: Hashable, Comparable, Sendable {
    private static let escapes: [Unicode.Scalar: String] = ["\\": "\\\\", "\"": "\\\"", "\n": "\\n"]

    let text: String

    init(_ dimensions: [(String, String)]) {
        var names: Set<String> = []
        var pairs: [(name: String, value: String)] = []
        for (name, value) in dimensions {
            let name = Self.name(name)
            guard names.insert(name).inserted else { continue }
            pairs.append((name, value.unicodeScalars.map { Self.escapes[$0] ?? String($0) }.joined()))
        }
        pairs.sort { $0.name < $1.name }
        text = pairs.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
    }

    static func < (left: MetricLabels, right: MetricLabels) -> Bool { left.text < right.text }

    /// The labels between braces, with one more at the end, or nothing when there is none.
    func braced(adding last: String? = nil) -> String {
        let parts = [text, last ?? ""].filter { !$0.isEmpty }
        return parts.isEmpty ? "" : "{" + parts.joined(separator: ",") + "}"
    }

    /// `le` is taken by the buckets of histograms.
    private static func name(_ text: String) -> String {
        let name = MetricName.identifier(text, allowsColon: false)
        return name == "le" ? "le_" : name
    }
}
