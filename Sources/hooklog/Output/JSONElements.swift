import EventLog

/// Takes a JSON array apart without reading what is in it, so that numbers and spelling stay as they are.
enum JSONElements {
    /// Returns the texts of a valid array's elements, each on one line.
    static func split(_ array: [UInt8]) -> [String] {
        JSONPart(array).elements.map { oneLine($0.bytes) }
    }

    /// Returns a valid JSON text on one line: line breaks between its tokens become spaces; strings hold none.
    static func oneLine(_ text: some Collection<UInt8>) -> String {
        String(decoding: text.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
    }
}
