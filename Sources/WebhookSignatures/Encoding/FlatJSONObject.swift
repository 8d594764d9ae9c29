/// A reader of exactly one JSON form: one object whose members are all strings, with no name twice.
///
/// It serves schemes that sign the values of a body instead of its bytes. Anything that two JSON readers could take
/// differently is refused: more than `maximumByteCount` bytes, ill-formed UTF-8, a byte order mark, lone surrogates,
/// repeated names (compared after unescaping, byte by byte), values that are no strings, an empty object, and
/// whatever stands after the object.
enum FlatJSONObject {
    /// The largest body that is read, in bytes.
    static let maximumByteCount = 4096

    private enum Value: JSONRepresentable {
        case string(String)
        case object([(name: String, value: Value)])
        case other

        static var null: Value { .other }

        static func boolean(_ value: Bool) -> Value { .other }

        static func number(_ spelling: String) -> Value { .other }

        static func array(_ elements: [Value]) -> Value { .other }

        static func object(members: [(name: String, value: Value)]) -> Value { .object(members) }
    }

    /// Returns the UTF-8 of all values joined in order, or `nil` when the body has any other form.
    static func joinedValues(of body: UnsafeRawBufferPointer) -> [UInt8]? {
        guard body.count <= maximumByteCount, case .object(let members)? = try? JSONReader<Value>.read(Array(body)),
            !members.isEmpty, Set(members.map { Array($0.name.utf8) }).count == members.count
        else { return nil }
        var values: [UInt8] = []
        for member in members {
            guard case .string(let text) = member.value else { return nil }
            values += text.utf8
        }
        return values
    }
}
