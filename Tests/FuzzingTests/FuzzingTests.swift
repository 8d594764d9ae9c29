import Fuzzing
import Seeding
import Testing

/// What bytes from outside may and may not bring about; `deploy/campaign` looks for more of them with libFuzzer.
struct FuzzingTests {
    private static let pieces: [[UInt8]] = [
        ",", " ", "=", ".", "v1,", "v1a,", "t=", "\n", "\r\n", "%", "\"", "\\u", ":", "0",
    ]
    .map { Array($0.utf8) }

    @Test(arguments: FuzzedInput.all.map(\.name))
    func whateverComesTheRulesHold(name: String) throws {
        let input = try #require(FuzzedInput.all.first { $0.name == name })
        var generator = SeededGenerator(seed: 1)
        for seed in input.seeds {
            if let fault = input.fault(seed) { Issue.record("\(fault): \(seed)") }
            for _ in 0..<1_500 / input.seeds.count {
                let bytes = Self.mutated(seed, input.seeds, &generator)
                if let fault = input.fault(bytes) { Issue.record("\(fault): \(bytes)") }
            }
        }
    }

    private static func mutated(_ seed: [UInt8], _ others: [[UInt8]], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let end = Int.random(in: place...bytes.count, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes.insert(.random(in: .min ... .max, using: &generator), at: place)
            case 2: bytes.removeSubrange(place..<min(end, place + 8))
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
            default:
                bytes.replaceSubrange(place..., with: others.randomElement(using: &generator)?.dropFirst(place) ?? [])
            }
        }
        return bytes
    }
}
