import Foundation
import Fuzzing

// fuzz NAME FOLDER [OPTION…]: writes the seeds of an input into a folder and has libFuzzer go on from there.

/// The input that is tried.
enum Chosen {
    static let input = FuzzedInput.all.first { CommandLine.arguments.dropFirst().first == $0.name }
}

@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

guard let input = Chosen.input, CommandLine.arguments.count > 2 else {
    print(FuzzedInput.all.map(\.name).joined(separator: "\n"))
    exit(64)
}
let folder = URL(filePath: CommandLine.arguments[2])
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
for (index, seed) in input.seeds.enumerated() {
    try Data(seed).write(to: folder.appending(path: "seed-\(index)"))
}
var arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: CommandLine.arguments.count)
for (index, argument) in ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).enumerated() {
    arguments[index] = strdup(argument)
}
arguments[CommandLine.arguments.count - 1] = nil
var count = CInt(CommandLine.arguments.count - 1)
exit(
    runFuzzer(&count, &arguments) { bytes, count in
        let fault = Chosen.input?.fault(Array(UnsafeBufferPointer(start: bytes, count: count)))
        if let fault { fatalError(fault) }
        return 0
    }
)
