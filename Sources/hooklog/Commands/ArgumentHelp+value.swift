import ArgumentParser

extension ArgumentHelp {
    /// The help of an option with a value: how usage names the value, then a sentence.
    static func value(_ name: String, _ abstract: String) -> ArgumentHelp {
        ArgumentHelp(abstract, valueName: name)
    }
}
