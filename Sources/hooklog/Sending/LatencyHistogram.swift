/// Counts of latencies in buckets that grow with the latency, each at most 1/32 wide of what it holds.
struct LatencyHistogram: Sendable, Hashable {
    /// Each power of two is cut into this many buckets.
    private static let bucketsPerOctave: Int64 = 32

    private var counts: [Int] = []
    /// The number of latencies recorded.
    private(set) var count = 0
    /// The greatest latency in microseconds.
    private(set) var maximum: Int64 = 0

    /// Records one latency in microseconds; a negative one counts as zero.
    mutating func record(microseconds: Int64) {
        let value = max(microseconds, 0)
        let index = Self.index(of: value)
        while counts.count <= index {
            counts.append(0)
        }
        counts[index] += 1
        count += 1
        maximum = max(maximum, value)
    }

    /// Returns the latency in microseconds that this share of all (0...1) does not exceed; `nil` when there are none.
    ///
    /// It errs by at most a thirty-second, and never beyond the maximum.
    func quantile(_ share: Double) -> Int64? {
        guard count > 0 else { return nil }
        let rank = max(Int((share * Double(count)).rounded(.up)), 1)
        var seen = 0
        for (index, bucket) in counts.enumerated() {
            seen += bucket
            if seen >= rank { return min(Self.upperBound(of: index), maximum) }
        }
        return maximum
    }

    private static func index(of value: Int64) -> Int {
        guard value >= bucketsPerOctave else { return Int(value) }
        let octave = Int64(63 - value.leadingZeroBitCount - 5)
        return Int(bucketsPerOctave * octave + value >> octave)
    }

    private static func upperBound(of index: Int) -> Int64 {
        let index = Int64(index)
        guard index >= bucketsPerOctave else { return index }
        let octave = index / bucketsPerOctave - 1
        let mantissa = index - bucketsPerOctave * octave
        return (mantissa + 1) << octave - 1
    }
}
