/// Takes a JSON array apart without reading what is in it, so that numbers and spelling stay as they are.
enum JSONElements {
    /// Returns the texts of a valid array's elements.
    static func split(_ array: [UInt8]) -> [String] {
        var scanner = Scanner()
        var elements: [String] = []
        var start = array.startIndex
        for (index, byte) in array.enumerated() where scanner.ends(at: byte) {
            let element = array[start..<index].drop(while: isSpace)
            // The first boundary is the opening bracket, and an empty array has nothing between its brackets.
            if start > array.startIndex, !element.isEmpty { elements.append(trimmed(element)) }
            start = index + 1
        }
        return elements
    }

    /// Finds the boundaries of an array's elements: its brackets and the commas right inside them.
    private struct Scanner {
        private var depth = 0
        private var isInString = false
        private var isEscaped = false

        mutating func ends(at byte: UInt8) -> Bool {
            guard !isInString else {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                return false
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                return depth == 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                return depth == 0
            case UInt8(ascii: ","):
                return depth == 1
            default:
                break
            }
            return false
        }
    }

    /// Returns a valid JSON text on one line: line breaks between its tokens become spaces; strings hold none.
    static func oneLine(_ text: some Collection<UInt8>) -> String {
        String(decoding: text.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        oneLine(bytes.reversed().drop(while: isSpace).reversed())
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
