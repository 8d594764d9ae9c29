/// A way in for bytes from outside, with what must hold of them whatever they are.
package struct FuzzedInput: Sendable {
    package let name: String
    /// Inputs to begin with, which are well formed.
    package let seeds: [[UInt8]]
    /// Returns what does not hold of the bytes; nil when all does.
    package let fault: @Sendable ([UInt8]) -> String?

    package static let all: [FuzzedInput] = [
        signatures, keys, times, queries, json, envelopes, hosts, identifiers, framing,
    ]

    init(_ name: String, seeds: [[UInt8]], fault: @escaping @Sendable ([UInt8]) -> String?) {
        self.name = name
        self.seeds = seeds
        self.fault = fault
    }

    init(_ name: String, seeds: [String], fault: @escaping @Sendable (String) -> String?) {
        self.init(name, seeds: seeds.map { Array($0.utf8) }) { fault(String(decoding: $0, as: UTF8.self)) }
    }
}
