/// Takes a valid JSON text apart without reading what is in its parts, so that numbers and spelling stay as they are.
package enum JSONSlices {
    /// The members of an object: the names as JSON writes them, with their quotation marks, and the values.
    static func members(of object: ArraySlice<UInt8>) -> [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
        parts(of: object, separators: [UInt8(ascii: ","), UInt8(ascii: ":")]).adjacentPairs
    }

    /// The elements of an array.
    package static func elements(of array: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        parts(of: array, separators: [UInt8(ascii: ",")])
    }

    /// The value of the object's last member of that name, as JavaScript takes it.
    static func member(_ name: String, of object: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let quoted = Array("\"\(name)\"".utf8)
        return members(of: object).last { $0.name.elementsEqual(quoted) }?.value
    }

    /// What stands between the separators inside the outermost brackets, without the space around it.
    private static func parts(of text: ArraySlice<UInt8>, separators: [UInt8]) -> [ArraySlice<UInt8>] {
        let inner = trimmed(text).dropFirst().dropLast()
        var parts: [ArraySlice<UInt8>] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        var start = inner.startIndex
        for index in inner.indices {
            let byte = inner[index]
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                depth += 1
            } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                depth -= 1
            } else if depth == 0, separators.contains(byte) {
                parts.append(trimmed(inner[start..<index]))
                start = index + 1
            }
        }
        let last = trimmed(inner[start...])
        return last.isEmpty ? parts : parts + [last]
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) })
        else { return text[text.endIndex...] }
        return text[first...last]
    }
}

extension Array where Element == ArraySlice<UInt8> {
    /// The parts two by two.
    fileprivate var adjacentPairs: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
        stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
    }
}
