import Foundation

/// A bound value in binary form, with its type.
///
/// Each factory takes an optional: nil is NULL of that type, so that a statement is prepared once whatever is null.
package struct PostgresParameter: Sendable, Hashable {
    /// The type that the statement is prepared with.
    package let type: PostgresType
    /// The binary form; nil is NULL.
    let bytes: [UInt8]?

    private init(_ type: PostgresType, _ bytes: [UInt8]?) {
        self.type = type
        self.bytes = bytes
    }

    /// A NULL whose type the server infers.
    package static let null = PostgresParameter(.unspecified, nil)

    /// A `bool`.
    package static func bool(_ value: Bool?) -> PostgresParameter {
        PostgresParameter(.bool, value.map { [$0 ? 1 : 0] })
    }

    /// An `int4`.
    package static func int4(_ value: Int32?) -> PostgresParameter {
        PostgresParameter(.int4, value.map(WireEncoding.bytes))
    }

    /// An `int8`.
    package static func int8(_ value: Int64?) -> PostgresParameter {
        PostgresParameter(.int8, value.map(WireEncoding.bytes))
    }

    /// A `float8`.
    package static func float8(_ value: Double?) -> PostgresParameter {
        PostgresParameter(.float8, value.map { WireEncoding.bytes($0.bitPattern) })
    }

    /// A `text`; the server refuses one with a zero byte.
    package static func text(_ value: String?) -> PostgresParameter {
        PostgresParameter(.text, value.map { Array($0.utf8) })
    }

    /// A `bytea`.
    package static func bytea(_ value: [UInt8]?) -> PostgresParameter {
        PostgresParameter(.bytea, value)
    }

    /// A `uuid`.
    package static func uuid(_ value: UUID?) -> PostgresParameter {
        PostgresParameter(.uuid, value.map { withUnsafeBytes(of: $0.uuid) { Array($0) } })
    }

    /// A `timestamptz`.
    package static func timestamptz(_ value: PostgresTimestamp?) -> PostgresParameter {
        PostgresParameter(.timestamptz, value.map { WireEncoding.bytes($0.wireValue) })
    }

    /// JSON text, which the server checks.
    package static func json(_ text: String?) -> PostgresParameter {
        PostgresParameter(.json, text.map { Array($0.utf8) })
    }

    /// JSON text, which the server parses.
    package static func jsonb(_ text: String?) -> PostgresParameter {
        PostgresParameter(.jsonb, text.map { [WireEncoding.jsonbVersion] + $0.utf8 })
    }

    /// JSON text in UTF-8, which the server parses.
    package static func jsonb(_ text: [UInt8]) -> PostgresParameter {
        PostgresParameter(.jsonb, [WireEncoding.jsonbVersion] + text)
    }
}

extension PostgresParameter {
    /// A `bool[]`.
    package static func boolArray(_ values: [Bool?]?) -> PostgresParameter {
        array(values, of: .bool, as: .boolArray) { $1.append($0 ? 1 : 0) }
    }

    /// An `int8[]`.
    package static func int8Array(_ values: [Int64?]?) -> PostgresParameter {
        array(values, of: .int8, as: .int8Array) { WireEncoding.append($0, to: &$1) }
    }

    /// A `text[]`.
    package static func textArray(_ values: [String?]?) -> PostgresParameter {
        array(values, of: .text, as: .textArray) { $1.append(contentsOf: $0.utf8) }
    }

    /// A `bytea[]`.
    package static func byteaArray(_ values: [[UInt8]?]?) -> PostgresParameter {
        array(values, of: .bytea, as: .byteaArray) { $1.append(contentsOf: $0) }
    }

    /// A `timestamptz[]`.
    package static func timestamptzArray(_ values: [PostgresTimestamp?]?) -> PostgresParameter {
        array(values, of: .timestamptz, as: .timestamptzArray) { WireEncoding.append($0.wireValue, to: &$1) }
    }

    /// JSON texts, which the server parses; one bad element fails the statement.
    package static func jsonbArray(_ texts: [String?]?) -> PostgresParameter {
        array(texts, of: .jsonb, as: .jsonbArray) { text, buffer in
            buffer.append(WireEncoding.jsonbVersion)
            buffer.append(contentsOf: text.utf8)
        }
    }

    private static func array<Element>(
        _ values: [Element?]?,
        of element: PostgresType,
        as type: PostgresType,
        appendElement: (Element, inout [UInt8]) -> Void
    ) -> PostgresParameter {
        PostgresParameter(
            type,
            values.map { WireEncoding.array(of: $0, type: element, appendElement: appendElement) }
        )
    }
}

extension PostgresParameter: CustomStringConvertible, CustomReflectable {
    /// The type and size; never the value.
    package var description: String { "PostgresParameter(type \(type.rawValue), \(bytes?.count ?? 0) bytes)" }

    /// Empty, so that nothing that prints by reflection shows the value.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
