/// The object identifier of a PostgreSQL type.
package struct PostgresType: RawRepresentable, Hashable, Sendable {
    /// The object identifier (`pg_type.oid`).
    package let rawValue: UInt32

    /// Wraps an object identifier.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The server infers the type.
    package static let unspecified = PostgresType(rawValue: 0)
    /// The type `bool`.
    package static let bool = PostgresType(rawValue: 16)
    /// The type `bytea`.
    package static let bytea = PostgresType(rawValue: 17)
    /// The type `name`.
    package static let name = PostgresType(rawValue: 19)
    /// The type `int8`.
    package static let int8 = PostgresType(rawValue: 20)
    /// The type `int2`.
    package static let int2 = PostgresType(rawValue: 21)
    /// The type `int4`.
    package static let int4 = PostgresType(rawValue: 23)
    /// The type `text`.
    package static let text = PostgresType(rawValue: 25)
    /// The type `oid`.
    package static let oid = PostgresType(rawValue: 26)
    /// The type `json`.
    package static let json = PostgresType(rawValue: 114)
    /// The type `float4`.
    package static let float4 = PostgresType(rawValue: 700)
    /// The type `float8`.
    package static let float8 = PostgresType(rawValue: 701)
    /// The type `unknown`.
    package static let unknown = PostgresType(rawValue: 705)
    /// The type `bpchar`.
    package static let bpchar = PostgresType(rawValue: 1042)
    /// The type `varchar`.
    package static let varchar = PostgresType(rawValue: 1043)
    /// The type `timestamp`.
    package static let timestamp = PostgresType(rawValue: 1114)
    /// The type `timestamptz`.
    package static let timestamptz = PostgresType(rawValue: 1184)
    /// The type `uuid`.
    package static let uuid = PostgresType(rawValue: 2950)
    /// The type `jsonb`.
    package static let jsonb = PostgresType(rawValue: 3802)

    /// The type `bool[]`.
    package static let boolArray = PostgresType(rawValue: 1000)
    /// The type `bytea[]`.
    package static let byteaArray = PostgresType(rawValue: 1001)
    /// The type `text[]`.
    package static let textArray = PostgresType(rawValue: 1009)
    /// The type `int8[]`.
    package static let int8Array = PostgresType(rawValue: 1016)
    /// The type `timestamptz[]`.
    package static let timestamptzArray = PostgresType(rawValue: 1185)
    /// The type `jsonb[]`.
    package static let jsonbArray = PostgresType(rawValue: 3807)

    /// Types from here on were made by users: enums, domains, composites.
    static let firstUserDefined: UInt32 = 16384

    /// Tells whether the binary form is the text itself.
    var isTextual: Bool {
        switch self {
        case .text, .varchar, .bpchar, .name, .json, .unknown: true
        default: rawValue >= Self.firstUserDefined
        }
    }
}
