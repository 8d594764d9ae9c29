/// Builds JSON text byte by byte, for answers and for the headers that are kept of every delivery.
package struct JSONText: Sendable {
    /// What becomes of the control characters in a string, which JSON does not take as they are.
    package enum Controls: Sendable {
        /// They are escaped, a line break as `\n`; DEL, which JSON takes, stays.
        case escaped
        /// They and DEL are escaped by their numbers.
        case numbered
        /// They and DEL are left out.
        case dropped
    }

    /// The text so far, in UTF-8.
    package private(set) var bytes: [UInt8] = []
    private let controls: Controls

    /// Creates an empty text.
    package init(_ controls: Controls, capacity: Int = 256) {
        self.controls = controls
        bytes.reserveCapacity(capacity)
    }

    /// The text so far.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// A string between quotation marks, with its control characters escaped.
    package static func quoted(_ string: String) -> String {
        var json = JSONText(.escaped, capacity: string.utf8.count + 2)
        json.append(string: string)
        return json.text
    }

    /// Appends JSON as it stands.
    package mutating func append(_ json: StaticString) {
        json.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends JSON as it stands, in UTF-8.
    mutating func append(_ json: some Collection<UInt8>) {
        bytes.append(contentsOf: json)
    }

    /// Appends the name of a member of an object, with the comma before it unless the object has just begun.
    package mutating func append(member name: String) {
        if bytes.last != UInt8(ascii: "{") { append(",") }
        append(string: name)
        append(":")
    }

    /// Appends a string between quotation marks.
    package mutating func append(string: String) {
        append(string: string.utf8)
    }

    /// Appends a string of valid UTF-8 between quotation marks.
    mutating func append(string utf8: some Collection<UInt8>) {
        append("\"")
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, 0x7F:
                append(control: byte)
            default:
                bytes.append(byte)
            }
        }
        append("\"")
    }

    private mutating func append(control byte: UInt8) {
        switch (controls, byte) {
        case (.dropped, _): break
        case (.escaped, 0x7F): bytes.append(byte)
        case (.escaped, UInt8(ascii: "\n")): append(#"\n"#)
        case (.escaped, _), (.numbered, _):
            append(#"\u00"#)
            append([byte].hex.utf8)
        }
    }
}
