; SPDX-License-Identifier: MIT
; SPDX-FileCopyrightText: The Jumpseat authors
;
; For one person, without administrator rights. windows/pack calls it:
;   makensis -DVERSION=0.1.0 -DNUMBERS=0.1.0.0 -DSTAGE=folder -DOUTPUT=setup.exe -DICON=jumpseat.ico
;
; setup.exe [/S] [/AUTOSTART=1] [/D=folder]           /S asks nothing
; uninstall.exe [/S] [/KEEPDATA=1]                    settings, history and sign-in stay

Unicode true
Target amd64-unicode
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10
Name "Jumpseat"
BrandingText "Jumpseat ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Jumpseat"
InstallDirRegKey HKCU "Software\Jumpseat" "InstallDir"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh
!include nsDialogs.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Jumpseat"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\jumpseat.exe"
!define SETTINGS "$APPDATA\jumpseat"
!define DATA "$LOCALAPPDATA\jumpseat"
!define TRIES 40 ; half a second each

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Jumpseat"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Jumpseat Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "The Jumpseat authors"
VIAddVersionKey "LegalCopyright" "The Jumpseat authors, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\bin\jumpseat.exe"
!define MUI_COMPONENTSPAGE_NODESC
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE checkFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.showChoice un.takeChoice
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var WasRunning
Var KeepsData
Var KeepBox

; The program ends by itself; its streams come to their end first. Two instances may run (a demo).
!macro endProgram un
Function ${un}endProgram
  StrCpy $WasRunning 0
  ${If} ${FileExists} "$INSTDIR\bin\jumpseat.exe"
    ExecWait '"$INSTDIR\bin\jumpseat.exe" --health-check' $0
    ${If} $0 == 0
      StrCpy $WasRunning 1
    ${EndIf}
    ExecWait '"$INSTDIR\bin\jumpseat.exe" quit' $0
    ExecWait '"$INSTDIR\bin\jumpseat.exe" quit' $0
    StrCpy $1 0
    ${Do}
      ClearErrors
      FileOpen $0 "$INSTDIR\bin\jumpseat.exe" a ; fails while somebody runs it
      ${IfNot} ${Errors}
        FileClose $0
        ${Break}
      ${EndIf}
      IntOp $1 $1 + 1
      ${If} $1 >= ${TRIES}
        SetErrorLevel 2
        MessageBox MB_OK|MB_ICONSTOP "Jumpseat is still running. Quit it, then start again." /SD IDOK
        Quit
      ${EndIf}
      Sleep 500
    ${Loop}
  ${EndIf}
FunctionEnd
!macroend
!insertmacro endProgram ""
!insertmacro endProgram "un."

; Only what an installation brought: whoever put something else there finds it again.
!macro removeProgram
  RMDir /r "$INSTDIR\bin"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\share"
  Delete "$INSTDIR\LICENSE.txt"
!macroend

; Its own data would lie inside the program's folder.
Function checkFolder
  ${If} $INSTDIR == "${DATA}"
  ${OrIf} $INSTDIR == "${SETTINGS}"
    SetErrorLevel 2
    MessageBox MB_OK|MB_ICONSTOP "This folder is for settings and history. Choose another one." /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Section "Jumpseat" program
  SectionIn RO
  Call checkFolder
  Call endProgram
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    !insertmacro removeProgram
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\Jumpseat.lnk" "$INSTDIR\bin\jumpseat.exe"
  WriteRegStr HKCU "Software\Jumpseat" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${PATHS_KEY}" "" "$INSTDIR\bin\jumpseat.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Jumpseat"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "The Jumpseat authors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\bin\jumpseat.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "URLInfoAbout" "https://jumpseat.github.io"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

; The same value that the program's own switch writes; an upgrade changes nothing about it.
Section /o "Start at login" autostart
  WriteRegStr HKCU "${RUN_KEY}" "Jumpseat" '"$INSTDIR\bin\jumpseat.exe" --hidden'
SectionEnd

Section
  ${If} $WasRunning == 1
  ${AndIf} ${Silent}
    Exec '"$INSTDIR\bin\jumpseat.exe" --hidden'
  ${EndIf}
SectionEnd

Function .onInit
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART=" $1
  ${IfNot} ${Errors}
  ${AndIf} $1 == 1
    SectionSetFlags ${autostart} ${SF_SELECTED}
  ${EndIf}
FunctionEnd

Function un.onInit
  StrCpy $KeepsData 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/KEEPDATA=" $1
  ${IfNot} ${Errors}
    StrCpy $KeepsData $1
  ${EndIf}
FunctionEnd

Function un.showChoice
  !insertmacro MUI_HEADER_TEXT "Uninstall Jumpseat" "Remove Jumpseat from your computer."
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 24u "Settings, the history of requests, client keys and your sign-in to GitHub go as well."
  Pop $0
  ${NSD_CreateCheckBox} 0 32u 100% 12u "&Keep settings, history and sign-in for another installation"
  Pop $KeepBox
  ${If} $KeepsData == 1
    ${NSD_Check} $KeepBox
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function un.takeChoice
  ${NSD_GetState} $KeepBox $KeepsData
FunctionEnd

Section "Uninstall"
  Call un.endProgram
  ${If} $KeepsData != 1
    ; the program knows what it has put into the Credential Manager
    ExecWait '"$INSTDIR\bin\jumpseat.exe" logout' $0
    RMDir /r "${SETTINGS}"
    RMDir /r "${DATA}"
  ${EndIf}
  !insertmacro removeProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Jumpseat.lnk"
  ; a portable copy may have its own entry there
  ReadRegStr $0 HKCU "${RUN_KEY}" "Jumpseat"
  StrLen $1 '"$INSTDIR\'
  StrCpy $0 $0 $1
  ${If} $0 == '"$INSTDIR\'
    DeleteRegValue HKCU "${RUN_KEY}" "Jumpseat"
    DeleteRegValue HKCU "${APPROVED_KEY}" "Jumpseat"
  ${EndIf}
  DeleteRegKey HKCU "${PATHS_KEY}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\Jumpseat"
SectionEnd
