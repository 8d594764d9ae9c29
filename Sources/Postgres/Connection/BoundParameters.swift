/// Parameters laid out as libpq takes them.
struct BoundParameters {
    private var buffer: [CChar]
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []

    init(_ parameters: [PostgresParameter]) {
        buffer = []
        buffer.reserveCapacity(parameters.reduce(1) { $0 + ($1.bytes?.count ?? 0) })
        for parameter in parameters {
            offsets.append(parameter.bytes == nil ? nil : buffer.count)
            lengths.append(Int32(clamping: parameter.bytes?.count ?? 0))
            guard let bytes = parameter.bytes else { continue }
            bytes.withUnsafeBytes { buffer.append(contentsOf: $0.bindMemory(to: CChar.self)) }
        }
        // An empty value needs an address too: a null pointer means NULL.
        buffer.append(0)
    }

    /// Calls `body` with pointers to the values (null for NULL), their lengths and their formats, all binary.
    func withPointers<Value>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Value
    ) -> Value {
        buffer.withUnsafeBufferPointer { buffer in
            let values = offsets.map { offset in
                offset.flatMap { offset in buffer.baseAddress.map { $0 + offset } }
            }
            return body(values, lengths, [Int32](repeating: 1, count: lengths.count))
        }
    }
}
