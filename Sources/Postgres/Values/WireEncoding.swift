/// Writes PostgreSQL's binary format: big-endian integers, lengths and array headers.
enum WireEncoding {
    /// The version byte in front of binary jsonb.
    static let jsonbVersion: UInt8 = 1

    static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    static func append(_ value: some FixedWidthInteger, to buffer: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
    }

    /// Encodes a one-dimensional array with lower bound 1; an empty one has no dimension.
    static func array<Element>(
        of elements: [Element?],
        type: PostgresType,
        appendElement: (Element, inout [UInt8]) -> Void
    ) -> [UInt8] {
        var buffer: [UInt8] = []
        append(Int32(elements.isEmpty ? 0 : 1), to: &buffer)
        append(Int32(elements.contains { $0 == nil } ? 1 : 0), to: &buffer)
        append(type.rawValue, to: &buffer)
        guard !elements.isEmpty else { return buffer }
        append(Int32(clamping: elements.count), to: &buffer)
        append(Int32(1), to: &buffer)
        for element in elements {
            let start = buffer.count
            append(Int32(-1), to: &buffer)
            guard let element else { continue }
            appendElement(element, &buffer)
            let length = Int32(clamping: buffer.count - start - 4)
            withUnsafeBytes(of: length.bigEndian) { buffer.replaceSubrange(start..<start + 4, with: $0) }
        }
        return buffer
    }
}
